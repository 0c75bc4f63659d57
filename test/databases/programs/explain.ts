import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { VodaPayAccountLinkRepository } from '../../../libs/vodapay/src/linking/vodapay-account-link.repository.js';
import { LIBRARY } from '../../linking/linking-under-test.js';
import { migrate } from '../../../apps/sample/src/database/migrate.js';
import { dataSourceFor } from '../database-url.js';
import { fillLinks, NAMESPACE, planOf, userIdOf } from '../many-links.js';
import { MariadbServer } from '../mariadb-server.js';
import { PostgresServer } from '../postgres-server.js';

// Prints the figures of docs/linking.md, "What a returning login costs": `npm run explain`. Needs MariaDB.

const FEW = 1_000;
const MANY = 1_000_000;
const READS = 5_000;

interface Server {
  readonly url: string;
  readonly remove: () => Promise<void>;
}

const SERVERS: Readonly<Record<string, () => Promise<Server>>> = {
  SQLite: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vodapay-explain-'));
    const remove = () => rm(folder, { recursive: true, force: true });
    return { url: `sqlite:${join(folder, 'explain.sqlite')}`, remove };
  },
  PostgreSQL: async () => {
    const server = await PostgresServer.create();
    await server.start();
    return { url: server.url, remove: () => server.remove() };
  },
  MariaDB: async () => {
    const server = await MariadbServer.create();
    await server.start();
    return { url: `${server.url}mysql`, remove: () => server.remove() };
  },
};

const VERSIONS: Readonly<Record<string, string>> = {
  'better-sqlite3': 'SELECT sqlite_version() AS version',
  postgres: 'SHOW server_version',
  mariadb: 'SELECT version() AS version',
};

print(
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
);
for (const [name, start] of Object.entries(SERVERS)) {
  const server = await start();
  const dataSource = await dataSourceFor(server.url, LIBRARY).initialize();
  try {
    await migrate(dataSource);
    const [version] = (await dataSource.query(VERSIONS[dataSource.options.type] ?? '')) as readonly object[];
    print(`\n${name} ${Object.values(version ?? {}).join()}`);
    const few = await fillAndRead(dataSource, FEW);
    await dataSource.query('DELETE FROM vodapay_account_link');
    const many = await fillAndRead(dataSource, MANY);
    print(await planOf(dataSource, userIdOf(654_321)));
    print(`one read among ${MANY} links takes ${(many / few).toFixed(2)} times one among ${FEW}`);
  } finally {
    await dataSource.destroy();
    await server.remove();
  }
}

/** The median time of one read by identity through the library, after the database has seen each page once. */
async function fillAndRead(dataSource: DataSource, count: number): Promise<number> {
  await fillLinks(dataSource, count);
  const links = new VodaPayAccountLinkRepository(dataSource);
  const times: number[] = [];
  for (let read = 0; read < 2 * READS; read += 1) {
    const startedAt = performance.now();
    const link = await links.findByIdentity({ namespace: NAMESPACE, userId: userIdOf(((read * 104_729) % count) + 1) });
    times.push(performance.now() - startedAt);
    if (link?.state !== 'active') throw new Error('A link that was stored is not found.');
  }
  const warm = times.slice(READS).sort((a, b) => a - b);
  return warm[READS / 2] ?? Number.NaN;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
