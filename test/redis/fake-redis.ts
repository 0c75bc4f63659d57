import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { listenOnLoopback } from '../programs/listen-on-loopback.js';

/** What listens where a Redis should. */
export interface FakeRedis {
  readonly url: string;
  close(): Promise<void>;
}

/** Answers every chunk with the same bytes; without them it accepts and never answers. */
export async function fakeRedis(answer?: string): Promise<FakeRedis> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', () => {
      if (answer !== undefined) socket.write(answer);
    });
  });
  const port = await listenOnLoopback(server);
  return {
    url: `redis://127.0.0.1:${port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
