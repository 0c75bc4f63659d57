import { authorizationHeaders } from '../authorization-headers.js';
import { isSocketIo } from './open-socket.js';
import { ownPropertyOf, propertyOf } from '../../property-of.js';

const HANDSHAKE = Symbol('vodapay.handshake');

/** What is used of the HTTP request that became a socket. */
export interface HandshakeRequest {
  readonly headers: { readonly authorization?: string | undefined };
}

/** Keeps each `Authorization` of the upgrade with a ws client, which itself doesn't remember its request. */
export function rememberHandshake(client: object, request: HandshakeRequest): void {
  Object.defineProperty(client, HANDSHAKE, { value: authorizationHeaders(request), configurable: true });
}

/** Every place of the handshake that may carry a bearer. */
export function handshakeAuthorization(client: unknown): readonly unknown[] {
  if (!isSocketIo(client)) return remembered(client);
  const { handshake, request } = client;
  const headers = request === undefined ? [handshake.headers['authorization']] : authorizationHeaders(request);
  return [...headers, asBearer(ownPropertyOf(handshake.auth, 'token'))];
}

function remembered(client: unknown): readonly unknown[] {
  const headers = propertyOf(client, HANDSHAKE);
  return Array.isArray(headers) ? headers : [];
}

/** socket.io's `auth: { token }` is the bare token. What isn't text stays as it is, to be refused as malformed. */
function asBearer(token: unknown): unknown {
  return typeof token === 'string' ? `Bearer ${token}` : token;
}
