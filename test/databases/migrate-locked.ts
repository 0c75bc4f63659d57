import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';

/** Any number: who migrates holds the lock of this number. */
const LOCK = 4_711;

/** Runs the pending migrations so that two processes may do so at once. */
export async function migrateLocked(dataSource: DataSource): Promise<void> {
  if (dataSource.options.type === 'postgres') return migratePostgres(dataSource);
  for (let attempt = 1; ; attempt += 1) {
    try {
      await dataSource.runMigrations();
      return;
    } catch (error) {
      // SQLite has no lock to wait for: the process that comes second finds the file busy, or the tables made.
      if (attempt === 20) throw error;
      await delay(50);
    }
  }
}

async function migratePostgres(dataSource: DataSource): Promise<void> {
  const holder = dataSource.createQueryRunner();
  try {
    await holder.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await dataSource.runMigrations();
    await holder.query('SELECT pg_advisory_unlock($1)', [LOCK]);
  } finally {
    await holder.release();
  }
}
