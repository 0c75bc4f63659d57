import type { OpenConnection } from '../../login/session-connections.js';
import { toHttpRefusal, type RefusalBody } from '../to-http-refusal.js';
import { propertyOf } from '../../property-of.js';

/** What is used of a `WebSocket` of the package ws. */
interface WsSocket {
  readonly readyState: number;
  send(text: string): void;
  close(code: number, reason: string): void;
  once(event: 'close', listener: () => void): void;
}

/** What is used of a socket.io server's socket. */
interface SocketIoSocket {
  readonly connected: boolean;
  readonly handshake: { readonly headers: Readonly<Record<string, unknown>>; readonly auth?: unknown };
  /** The request that became the socket. */
  readonly request?: object;
  emit(event: string, payload: unknown): void;
  disconnect(close: boolean): void;
  once(event: 'disconnect', listener: () => void): void;
}

/** Added to the HTTP status of a refusal: 4401 and so on (RFC 6455 §7.4.2 leaves 4000-4999 to applications). */
const CLOSE_CODES = 4_000;

/** `WebSocket.OPEN`. */
const WS_OPEN = 1;

const CONNECTION = Symbol('vodapay.connection');

/**
 * The connection of a client of either library, always the same object for the same client; undefined for another kind.
 * A ws client is closed with 4000 + status and the code as its reason, a socket.io client hears the refusal as `exception`
 * and is disconnected.
 */
export function connectionOf(client: unknown): OpenConnection | undefined {
  const known = propertyOf(client, CONNECTION) as OpenConnection | undefined;
  if (known !== undefined) return known;
  const connection = isSocketIo(client) ? ofSocketIo(client) : isWs(client) ? ofWs(client) : undefined;
  if (connection !== undefined) Object.defineProperty(client, CONNECTION, { value: connection });
  return connection;
}

/** Sends a refusal as Nest 12's own filter sends exceptions. Nest 11's loses them on native sockets. */
export function tellException(client: unknown, body: RefusalBody): void {
  if (isSocketIo(client)) client.emit('exception', body);
  else if (isWs(client)) client.send(JSON.stringify({ event: 'exception', data: body }));
}

export function isSocketIo(client: unknown): client is SocketIoSocket {
  return (
    typeof propertyOf(propertyOf(client, 'handshake'), 'headers') === 'object' &&
    typeof propertyOf(client, 'disconnect') === 'function'
  );
}

function isWs(client: unknown): client is WsSocket {
  return typeof propertyOf(client, 'readyState') === 'number' && typeof propertyOf(client, 'close') === 'function';
}

function ofSocketIo(client: SocketIoSocket): OpenConnection {
  return {
    isOpen: () => client.connected,
    close: (reason) => {
      tellException(client, toHttpRefusal(reason).body);
      client.disconnect(true);
    },
    onceClosed: (listener) => client.once('disconnect', listener),
  };
}

function ofWs(client: WsSocket): OpenConnection {
  return {
    isOpen: () => client.readyState === WS_OPEN,
    close: ({ status, code }) => client.close(CLOSE_CODES + status, code),
    onceClosed: (listener) => client.once('close', listener),
  };
}
