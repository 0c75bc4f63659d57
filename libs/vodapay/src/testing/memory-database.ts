import type { TypeOrmModuleAsyncOptions } from '@nestjs/typeorm';
import { sqliteDriver } from '../store/sqlite-driver.js';
import { VODAPAY_ENTITIES } from '../vodapay.entities.js';
import { VODAPAY_MIGRATIONS } from '../vodapay.migrations.js';

/** Name of the kit's own DataSource, beside whatever the application has. */
export const MEMORY_DATABASE = 'nestjs-vodapay-testing';

/** A SQLite database in memory that holds links and sessions for as long as the application runs. */
export function memoryDatabase(): TypeOrmModuleAsyncOptions {
  return {
    name: MEMORY_DATABASE,
    useFactory: async () => ({
      type: 'better-sqlite3',
      ...(await sqliteDriver()),
      database: ':memory:',
      entities: [...VODAPAY_ENTITIES],
      migrations: [...VODAPAY_MIGRATIONS],
      migrationsRun: true,
    }),
  };
}
