import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { refuseMalformed } from './refuse-malformed.js';

export interface Address {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

const GRACE_MS = 2000;
/** Longer than clients keep an unused connection: a call on one that the server has just closed would fail. */
const KEEP_ALIVE_MS = 65_000;

/** One listening port. */
export class Listener {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(address: Address, handle: RequestListener): Promise<Listener> {
    const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, handle);
    const last = new WeakMap<Duplex, ServerResponse>();
    server.on('request', ({ socket }, response) => last.set(socket, response));
    server.on('clientError', (error, socket) => {
      // In the middle of an answer another one would be taken for a part of it.
      const answer = last.get(socket);
      if (answer?.headersSent === true && !answer.writableFinished) socket.destroy();
      else refuseMalformed(error, socket);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(address.port, address.host, () => {
        server.removeListener('error', reject);
        resolve();
      });
    });
    return new Listener(server);
  }

  get url(): string {
    const { address, family, port } = this.#server.address() as AddressInfo;
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  }

  /** Takes no new calls, lets those in flight end, for two seconds at most. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => void this.#server.close(() => resolve()));
    this.#server.closeIdleConnections();
    const timer = setTimeout(() => this.#server.closeAllConnections(), GRACE_MS);
    await closed;
    clearTimeout(timer);
  }
}
