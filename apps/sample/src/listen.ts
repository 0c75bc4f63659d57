import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { CannotListen } from './cannot-listen.js';

/** Connections that may wait to be accepted. Node's own 511 are fewer than a morning's first thousand logins at once. */
const BACKLOG = 4_096;

/** Starts listening and returns the address, or throws CannotListen. Nest's `listen` has no way to say the backlog. */
export async function listen(app: INestApplication<Server>, port: number, host: string): Promise<string> {
  await app.init();
  const server = app.getHttpServer().listen({ port, host, backlog: BACKLOG });
  await once(server, 'listening').catch((error: unknown) => {
    throw new CannotListen(error);
  });
  const { address, family, port: bound } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`;
}
