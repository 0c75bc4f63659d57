import { createServer, connect, type Socket } from 'node:net';
import type { DataSource } from 'typeorm';
import { expect, it, onTestFinished } from 'vitest';
import { listenToConnections } from '../../libs/vodapay/src/store/listen-to-connections.js';
import { StatementRunner } from '../../libs/vodapay/src/store/statement-runner.js';
import { dataSourceFor } from '../databases/database-url.js';
import { createDatabase } from '../databases/open-database.js';
import { listenOnLoopback } from '../programs/listen-on-loopback.js';

interface Proxy {
  readonly url: string;
  /** What happens to bytes from the server from now on. */
  fromServer: (chunk: Buffer, client: Socket) => void;
}

const READY_FOR_QUERY = Buffer.from('5a0000000549', 'hex');

it('a server that ends a new connection in its first breath costs a statement, never the process', async () => {
  const { proxy, dataSource, statements } = await statementsThroughProxy();
  // Ends the connection that initialize() made, so that new ones are opened.
  await dataSource.query('SELECT pg_terminate_backend(pg_backend_pid())').catch(() => undefined);
  proxy.fromServer = (chunk, client) => {
    if (chunk.subarray(-READY_FOR_QUERY.length).equals(READY_FOR_QUERY))
      client.end(Buffer.concat([chunk, goingDown()]));
    else client.write(chunk);
  };
  const failed = await Promise.allSettled(Array.from({ length: 5 }, () => statements.read('SELECT 1 AS one', [])));
  const codes = failed.map((result) =>
    result.status === 'rejected' ? (result.reason as { code: string }).code : 'read',
  );
  expect(new Set(codes)).toEqual(new Set(['VODAPAY_STORE_UNAVAILABLE']));

  proxy.fromServer = (chunk, client) => client.write(chunk);
  expect(await statements.read('SELECT 1 AS one', [])).toEqual([{ one: 1 }]);
});

it('a database that falls silent is a refusal in time, and its connections do not come back', async () => {
  const { proxy, statements } = await statementsThroughProxy();
  expect(await statements.read('SELECT 1 AS one', [])).toEqual([{ one: 1 }]);
  proxy.fromServer = () => undefined;
  await expect(statements.read('SELECT 1 AS one', [])).rejects.toMatchObject({
    code: 'VODAPAY_STORE_UNAVAILABLE',
    message: 'The database did not answer within 5000 ms. Try again shortly.',
  });

  proxy.fromServer = (chunk, client) => client.write(chunk);
  expect(await statements.read('SELECT 2 AS two', [])).toEqual([{ two: 2 }]);
});

/** A pool of one connection, so that a broken one that came back would be met again. */
async function statementsThroughProxy(): Promise<{
  readonly proxy: Proxy;
  readonly dataSource: DataSource;
  readonly statements: StatementRunner;
}> {
  const database = await createDatabase('postgres');
  onTestFinished(() => database.drop());
  const proxy = await startProxy(database.url);
  const dataSource = await dataSourceFor(proxy.url, { poolSize: 1 }).initialize();
  onTestFinished(() => dataSource.destroy());
  listenToConnections(dataSource);
  return { proxy, dataSource, statements: new StatementRunner(dataSource) };
}

async function startProxy(target: string): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => [client, upstream].forEach((end) => end.destroy()));
    }
    client.on('data', (chunk) => upstream.write(chunk));
    upstream.on('data', (chunk) => proxy.fromServer(chunk, client));
  });
  const proxyPort = await listenOnLoopback(server);
  onTestFinished(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  const url = new URL(target);
  url.host = `127.0.0.1:${proxyPort}`;
  const proxy: Proxy = { url: url.href, fromServer: (chunk, client) => client.write(chunk) };
  return proxy;
}

/** PostgreSQL's ErrorResponse for 57P01. */
function goingDown(): Buffer {
  const fields = Buffer.from('SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0');
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}
