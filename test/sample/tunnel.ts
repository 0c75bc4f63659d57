import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { listenOnLoopback } from '../programs/listen-on-loopback.js';

/** A way to a server on this machine that can be cut, as when that server dies. */
export interface Tunnel {
  /** The given URL by way of the tunnel. */
  readonly url: string;
  cut(): Promise<void>;
}

export async function openTunnel(to: string): Promise<Tunnel> {
  const target = new URL(to);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    }
    near.pipe(far).pipe(near);
  });
  const url = new URL(to);
  url.hostname = '127.0.0.1';
  url.port = String(await listenOnLoopback(server));
  return {
    url: url.href,
    cut: async () => {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await once(server.close(), 'close');
    },
  };
}
