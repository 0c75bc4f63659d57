import type { TypeOrmModuleAsyncOptions } from '@nestjs/typeorm';
import type { DataSourceOptions } from 'typeorm';
import { dataSourceOptions } from './data-source-options.js';
import { databaseUnreachable } from './database-unreachable.js';
import { openDatabase } from './open-database.js';

const ATTEMPTS = 5;
const RETRY_DELAY_MS = 1_000;

/** Opens the database at start-up; gives one that does not answer a few seconds before the start fails. */
export function databaseModuleOptions(databaseUrl: string): TypeOrmModuleAsyncOptions {
  return {
    useFactory: () => ({
      ...dataSourceOptions(databaseUrl),
      retryAttempts: ATTEMPTS,
      retryDelay: RETRY_DELAY_MS,
      toRetry: (error: unknown) => databaseUnreachable(error) !== undefined,
    }),
    dataSourceFactory: (options) => openDatabase(options as DataSourceOptions),
  };
}
