import type { CredentialSources } from '../login/credentials.js';
import type { VodaPayPrincipal } from '../login/principal.js';
import { authorizationHeaders } from './authorization-headers.js';

/** What an Express and a Fastify request have in common. */
export interface HttpRequestLike {
  readonly headers: { readonly authorization?: string | undefined };
  readonly body?: unknown;
  user?: VodaPayPrincipal | undefined;
}

/** Where HTTP carries credentials: the `Authorization` header and the JSON body. */
export function readHttpSources(request: HttpRequestLike): CredentialSources {
  const [first, ...others] = authorizationHeaders(request);
  return { authorization: others.length === 0 ? first : [first, ...others], body: request.body };
}
