import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { inject } from 'vitest';
import { dataSourceFor } from './database-url.js';
import { migrate } from '../../apps/sample/src/database/migrate.js';

export const DATABASE_KINDS = ['sqlite', 'postgres'] as const;
export type DatabaseKind = (typeof DATABASE_KINDS)[number];

/** An empty database of one's own. */
export interface TestDatabase {
  readonly kind: DatabaseKind;
  /** `sqlite:<path>` or `postgres://…`, as the sample's DATABASE_URL. */
  readonly url: string;
  readonly drop: () => Promise<void>;
}

export interface OpenDatabase extends TestDatabase {
  readonly dataSource: DataSource;
  /** Another data source on the same database: what a second process would have. Closed with the database. */
  readonly openAnother: () => Promise<DataSource>;
  /** Closes every data source and removes the database. */
  readonly close: () => Promise<void>;
}

/** Makes an empty database: a file of its own, or a database of its own on the run's server. */
export async function createDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  switch (kind) {
    case 'sqlite':
      return createSqlite();
    case 'postgres':
      return createPostgres();
  }
}

/** Makes a database and opens a migrated data source on it. */
export async function openDatabase(
  kind: DatabaseKind,
  options: Parameters<typeof dataSourceFor>[1],
): Promise<OpenDatabase> {
  const database = await createDatabase(kind);
  const opened: DataSource[] = [];
  const openAnother = async (): Promise<DataSource> => {
    const dataSource = await dataSourceFor(database.url, options).initialize();
    opened.push(dataSource);
    return dataSource;
  };
  const dataSource = await openAnother();
  await migrate(dataSource);
  const close = async (): Promise<void> => {
    await Promise.all(opened.filter(({ isInitialized }) => isInitialized).map((one) => one.destroy()));
    await database.drop();
  };
  return { ...database, dataSource, openAnother, close };
}

async function createSqlite(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'vodapay-sqlite-'));
  const drop = () => rm(folder, { recursive: true, force: true });
  return { kind: 'sqlite', url: `sqlite:${join(folder, 'test.sqlite')}`, drop };
}

async function createPostgres(): Promise<TestDatabase> {
  const server = inject('postgresUrl');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { kind: 'postgres', url: url.href, drop: () => onServer(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function onServer(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
