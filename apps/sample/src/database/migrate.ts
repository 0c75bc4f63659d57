import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, QueryRunner } from 'typeorm';
import { MIGRATION_LOCKS, type MigrationLock } from './migration-locks.js';

const WAIT_MS = 60_000;
const POLL_MS = 100;
const RENEW_EVERY_MS = 5_000;

/** Runs the pending migrations under a lock of the database: replicas that start together come up one after the other. */
export async function migrate(dataSource: DataSource): Promise<void> {
  const lock = MIGRATION_LOCKS[dataSource.options.type]?.();
  if (lock === undefined) throw new TypeError(`No migration lock is known for ${dataSource.options.type}.`);
  const runner = dataSource.createQueryRunner();
  try {
    await take(lock, runner);
    await runUnder(lock, runner, dataSource);
  } finally {
    await runner.release();
  }
}

async function take(lock: MigrationLock, runner: QueryRunner): Promise<void> {
  const giveUpAt = performance.now() + WAIT_MS;
  while (!(await lock.take(runner))) {
    if (performance.now() > giveUpAt) {
      throw new Error(`Another process has held the migration lock for ${WAIT_MS / 1000} seconds. Is it stuck?`);
    }
    await sleep(POLL_MS);
  }
}

async function runUnder(lock: MigrationLock, runner: QueryRunner, dataSource: DataSource): Promise<void> {
  // A renewal that fails is made good by the next one; the lock lasts for several.
  const renewal = setInterval(() => void lock.renew?.(runner).catch(() => undefined), RENEW_EVERY_MS);
  let succeeded = false;
  try {
    await dataSource.runMigrations({ transaction: lock.transaction });
    succeeded = true;
  } finally {
    clearInterval(renewal);
    await lock.release(runner, succeeded);
  }
}
