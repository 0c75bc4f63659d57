import { connect, createServer, type Socket } from 'node:net';
import { listenOnLoopback } from '../programs/listen-on-loopback.js';

/** One address for several servers, as HAProxy gives one: every new connection goes to the next that takes it. */
export interface Balancer {
  readonly port: number;
  /** How many connections each of the servers got, in their order. */
  readonly served: readonly number[];
  readonly close: () => Promise<void>;
}

export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const sockets = new Set<Socket>();
  const served = ports.map(() => 0);
  let turn = 0;

  const serve = (client: Socket, attempt = 0): void => {
    const index = turn++ % ports.length;
    const server = connect({ host: '127.0.0.1', port: ports[index] ?? 0, noDelay: true });
    server.once('connect', () => {
      served[index] = (served[index] ?? 0) + 1;
      client.pipe(server).pipe(client);
    });
    server.once('error', () => {
      // Refused before a byte passed: the next server gets the connection.
      if (server.bytesRead === 0 && server.pending && attempt < ports.length) serve(client, attempt + 1);
      else client.destroy();
    });
    server.once('close', (failed) => {
      if (!failed) client.destroy();
    });
    client.once('close', () => server.destroy());
    sockets.add(server);
  };

  const balancer = createServer({ noDelay: true, pauseOnConnect: true }, (client) => {
    sockets.add(client);
    client.on('error', () => client.destroy());
    serve(client);
  });
  return {
    port: await listenOnLoopback(balancer),
    served,
    close: () =>
      new Promise((resolve) => {
        balancer.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
