import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { listenOnLoopback } from '../programs/listen-on-loopback.js';

/** Stands before a wallet and holds every call until it is released. */
export interface HeldWallet {
  readonly url: string;
  /** Resolves when the first call has arrived. */
  readonly arrived: Promise<unknown>;
  release(): void;
  stop(): void;
}

export async function holdWallet(walletUrl: string): Promise<HeldWallet> {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const server = createServer((request, response) => {
    void released.then(() => forward(walletUrl, request, response));
  });
  const arrived = once(server, 'request');
  return {
    url: `http://127.0.0.1:${await listenOnLoopback(server)}`,
    arrived,
    release,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function forward(walletUrl: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
  const answer = await fetch(`${walletUrl}${request.url}`, {
    method: request.method ?? 'POST',
    headers: headers as Record<string, string>,
    body: await buffer(request),
  });
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}
