import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';
import { MariadbServer } from '../test/databases/mariadb-server.js';
import { PostgresServer } from '../test/databases/postgres-server.js';

interface GrowthServer {
  /** A new, empty database for this many links. */
  readonly url: (links: number) => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** A private server of each kind, its data thrown away by `remove`. Each may hold all of it in memory, as in production. */
export const growthServers: Readonly<Record<'SQLite' | 'PostgreSQL' | 'MariaDB', () => Promise<GrowthServer>>> = {
  SQLite: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vodapay-growth-'));
    return {
      url: (links) => Promise.resolve(`sqlite:${join(folder, `${links}.sqlite`)}`),
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  },
  PostgreSQL: async () => {
    const server = await PostgresServer.create({ shared_buffers: '2GB' });
    await server.start();
    return {
      url: async (links) => {
        const client = new pg.Client({ connectionString: server.url });
        await client.connect();
        await client.query(`CREATE DATABASE growth_${links}`);
        await client.end();
        return Object.assign(new URL(server.url), { pathname: `/growth_${links}` }).href;
      },
      remove: () => server.remove(),
    };
  },
  MariaDB: async () => {
    const server = await MariadbServer.create({ 'innodb-buffer-pool-size': '2G' });
    await server.start();
    return {
      url: async (links) => {
        const connection = await createConnection(server.url.replace('mariadb://', 'mysql://'));
        await connection.query(`CREATE DATABASE growth_${links}`);
        await connection.end();
        return `${server.url}growth_${links}`;
      },
      remove: () => server.remove(),
    };
  },
};
