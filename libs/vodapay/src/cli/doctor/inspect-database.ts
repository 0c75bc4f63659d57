import { existsSync } from 'node:fs';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { sqliteDriver } from '../../store/sqlite-driver.js';
import { VODAPAY_ENTITIES } from '../../vodapay.entities.js';
import type { DatabaseFacts } from './facts.js';

type Translation = { readonly options: DataSourceOptions } | { readonly facts: DatabaseFacts };

/** Opens the database of DATABASE_URL, looks for the library's tables, and changes nothing. */
export async function inspectDatabase(url: string, timeoutMs: number): Promise<DatabaseFacts> {
  const translated = await translate(url, timeoutMs);
  if ('facts' in translated) return translated.facts;
  let dataSource: DataSource | undefined;
  try {
    dataSource = await new DataSource(translated.options).initialize();
    return { state: 'open', missing: await missingIn(dataSource) };
  } catch (error) {
    const packageName = /DriverPackageNotInstalled/.test(nameOf(error)) ? DRIVERS[translated.options.type] : undefined;
    return packageName === undefined
      ? { state: 'unreachable', code: codeOf(error) }
      : { state: 'no-driver', packageName };
  } finally {
    if (dataSource?.isInitialized === true) await dataSource.destroy();
  }
}

const DRIVERS: Readonly<Partial<Record<string, string>>> = {
  'better-sqlite3': 'libsql or better-sqlite3',
  postgres: 'pg',
  mariadb: 'mysql2',
};

async function translate(url: string, timeoutMs: number): Promise<Translation> {
  const entities = [...VODAPAY_ENTITIES];
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(url)?.[0].toLowerCase() ?? '';
  if (scheme === 'sqlite:') {
    const file = url.slice(scheme.length).replace(/^\/\//, '');
    // Opening a file that isn't there would make it.
    if (!existsSync(file)) return { facts: { state: 'no-file', file } };
    return { options: { type: 'better-sqlite3', ...(await sqliteDriver()), database: file, entities } };
  }
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || parsed.hostname === '' || parsed.pathname.length < 2) {
    return { facts: { state: 'wrong-url', reason: 'names no host and database' } };
  }
  switch (scheme) {
    case 'postgres:':
    case 'postgresql:':
      return { options: { type: 'postgres', url, entities, connectTimeoutMS: timeoutMs } };
    case 'mariadb:':
      return { options: { type: 'mariadb', url, entities, connectTimeout: timeoutMs } };
    default:
      return { facts: { state: 'wrong-url', reason: 'has a scheme that is none of sqlite, postgres and mariadb' } };
  }
}

async function missingIn(dataSource: DataSource): Promise<readonly string[]> {
  const runner = dataSource.createQueryRunner();
  try {
    const missing: string[] = [];
    for (const { tableName, columns } of dataSource.entityMetadatas) {
      const table = await runner.getTable(tableName);
      const known = new Set(table?.columns.map(({ name }) => name));
      if (table === undefined) missing.push(tableName);
      else
        missing.push(
          ...columns
            .map((column) => column.databaseName)
            .filter((name) => !known.has(name))
            .map((name) => `${tableName}.${name}`),
        );
    }
    return missing;
  } finally {
    await runner.release();
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

function codeOf(error: unknown): string {
  const sources = [
    error,
    Reflect.get(Object(error), 'driverError'),
    error instanceof AggregateError ? error.errors[0] : undefined,
  ];
  const codes = sources.map((source) => Reflect.get(Object(source), 'code') as unknown);
  return codes.find((code) => typeof code === 'string') ?? 'unknown';
}
