import libsql from 'libsql';
import { VODAPAY_ENTITIES, VODAPAY_MIGRATIONS } from 'nestjs-vodapay';
import type { DataSourceOptions } from 'typeorm';
import { Account } from '../accounts/account.entity.js';
import { CreateAccount1763900000000 } from '../accounts/create-account.migration.js';
import { CreateWebsite1763900000001 } from '../website/create-website.migration.js';
import { Credential } from '../website/credential.entity.js';
import { WebsiteSession } from '../website/website-session.entity.js';

const TABLES = {
  entities: [Account, Credential, WebsiteSession, ...VODAPAY_ENTITIES],
  migrations: [CreateAccount1763900000000, CreateWebsite1763900000001, ...VODAPAY_MIGRATIONS],
};

/**
 * How long a statement waits for another process that is writing to the same SQLite file. The driver waits on the event
 * loop, so it is short: the library repeats a busy statement without blocking anybody.
 */
const SQLITE_BUSY_TIMEOUT_MS = 100;
const CONNECT_TIMEOUT_MS = 5_000;
/** A statement ends on the server before its client gives up, so that the connection stays good. */
const STATEMENT_TIMEOUT_MS = 4_500;
const QUERY_TIMEOUT_MS = 5_000;

/** Scheme of DATABASE_URL → TypeORM's options. */
const SCHEMES: Readonly<Record<string, (url: string) => DataSourceOptions>> = Object.freeze({
  'sqlite:': sqlite,
  'postgres:': postgres,
  'postgresql:': postgres,
  'mariadb:': mariadb,
});

/**
 * Translates DATABASE_URL: `sqlite:<path>`, `postgres://…`, `mariadb://…`.
 * Throws a TypeError that names the variable and does not repeat its value: it may hold a password.
 */
export function dataSourceOptions(databaseUrl: string): DataSourceOptions {
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(databaseUrl)?.[0].toLowerCase() ?? '';
  const translate = Object.hasOwn(SCHEMES, scheme) ? SCHEMES[scheme] : undefined;
  if (translate === undefined) {
    throw new TypeError('DATABASE_URL must begin with sqlite:, postgres:// or mariadb://.');
  }
  return translate(databaseUrl);
}

function sqlite(url: string): DataSourceOptions {
  const path = url.slice('sqlite:'.length).replace(/^\/\//, '');
  if (path === '')
    throw new TypeError('DATABASE_URL must name a file behind sqlite:, as in sqlite:.data/sample.sqlite.');
  // libsql speaks better-sqlite3's interface and comes prebuilt. WAL: readers don't wait for the one writer.
  return {
    ...TABLES,
    type: 'better-sqlite3',
    driver: libsql,
    database: path,
    enableWAL: true,
    timeout: SQLITE_BUSY_TIMEOUT_MS,
  };
}

function postgres(url: string): DataSourceOptions {
  requireHostAndDatabase(url);
  const extra = { statement_timeout: STATEMENT_TIMEOUT_MS, query_timeout: QUERY_TIMEOUT_MS, keepAlive: true };
  return { ...TABLES, type: 'postgres', url, connectTimeoutMS: CONNECT_TIMEOUT_MS, extra };
}

function mariadb(url: string): DataSourceOptions {
  requireHostAndDatabase(url);
  return { ...TABLES, type: 'mariadb', url, timezone: 'Z', charset: 'utf8mb4', connectTimeout: CONNECT_TIMEOUT_MS };
}

function requireHostAndDatabase(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || parsed.hostname === '' || parsed.pathname.length < 2) {
    throw new TypeError('DATABASE_URL must name host and database, as in postgres://user:password@host:5432/database.');
  }
}
