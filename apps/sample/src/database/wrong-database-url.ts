import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { dataSourceOptions } from './data-source-options.js';

/** The folder of the default DATABASE_URL: the only one that is made by itself. */
const OWN_FOLDER = '.data';

/** What is wrong with DATABASE_URL, as a sentence; undefined for nothing. TypeORM would make any folder without a word. */
export function wrongDatabaseUrl(databaseUrl: string): string | undefined {
  try {
    const options = dataSourceOptions(databaseUrl);
    if (options.type !== 'better-sqlite3') return undefined;
    const folder = resolve(dirname(options.database));
    if (existsSync(folder) || folder === resolve(OWN_FOLDER)) return undefined;
    return `DATABASE_URL: the directory ${folder} does not exist.`;
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
}
