/** Options of TypeORM for an application that has none: SQLite in a file, with this table's and the library's migrations. */
export function databaseFile(ending: string): string {
  return `import type { TypeOrmModuleOptions } from '@nestjs/typeorm';
import libsql from 'libsql';
import { VODAPAY_ENTITIES, VODAPAY_MIGRATIONS } from 'nestjs-vodapay';
import { Account } from './vodapay/account.entity${ending}';
import { CreateAccount1763900000000 } from './vodapay/create-account.migration${ending}';

/** SQLite in a file, to begin with. Another database is another \`type\`, and its driver from npm. */
export function databaseOptions(): TypeOrmModuleOptions {
  return {
    type: 'better-sqlite3',
    driver: libsql,
    database: process.env.DATABASE_FILE ?? 'app.sqlite',
    entities: [Account, ...VODAPAY_ENTITIES],
    migrations: [CreateAccount1763900000000, ...VODAPAY_MIGRATIONS],
    migrationsRun: true,
  };
}
`;
}
