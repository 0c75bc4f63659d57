import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { inject } from 'vitest';
import { dataSourceFor } from './database-url.js';
import { migrate } from '../../apps/sample/src/database/migrate.js';

/** `galera`: three nodes behind one address; each connection goes to the next of them. */
export type DatabaseKind = 'sqlite' | 'postgres' | 'mariadb' | 'galera';

declare module 'vitest' {
  interface ProvidedContext {
    /** What this run has beside or instead of the databases that need no installation. */
    databaseKinds?: readonly DatabaseKind[];
    /** `mariadb://…/` of the run's server or cluster: a superuser's, to make databases with. */
    mariadbUrl?: string;
    /** `mariadb://…/` of each node, where it is a cluster. */
    galeraNodeUrls?: readonly string[];
  }
}

/** The databases on which this run proves the contracts. */
export const DATABASE_KINDS: readonly DatabaseKind[] = inject('databaseKinds') ?? ['sqlite', 'postgres'];

/** An empty database of one's own. */
export interface TestDatabase {
  readonly kind: DatabaseKind;
  /** `sqlite:<path>`, `postgres://…` or `mariadb://…`, as the sample's DATABASE_URL. */
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
    case 'mariadb':
    case 'galera':
      return createMariadb(kind);
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
  const name = newName();
  await onPostgres(server, `CREATE DATABASE ${name}`);
  const drop = () => onPostgres(server, `DROP DATABASE ${name} WITH (FORCE)`);
  return { kind: 'postgres', url: withDatabase(server, name), drop };
}

async function createMariadb(kind: 'mariadb' | 'galera'): Promise<TestDatabase> {
  const server = inject('mariadbUrl');
  if (server === undefined) throw new Error('This run has no MariaDB: its configuration names no globalSetup for one.');
  const name = newName();
  // A collation that folds case and pads, as a merchant's may: the migrations must not lean on it.
  await onMariadb(server, `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`);
  // A node refuses connections to a database that it has not heard of yet.
  for (const node of inject('galeraNodeUrls') ?? []) await onMariadb(node, WHAT_OTHERS_COMMITTED);
  return { kind, url: withDatabase(server, name), drop: () => onMariadb(server, `DROP DATABASE ${name}`) };
}

/** Answered once the node has applied what the others had committed. */
const WHAT_OTHERS_COMMITTED = 'SET STATEMENT wsrep_sync_wait = 1 FOR SELECT count(*) FROM mysql.user';

function newName(): string {
  return `test_${randomBytes(8).toString('hex')}`;
}

function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function onMariadb(url: string, sql: string): Promise<void> {
  const connection = await createConnection(url.replace(/^mariadb:/, 'mysql:'));
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}

async function onPostgres(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
