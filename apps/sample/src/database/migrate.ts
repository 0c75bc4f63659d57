import { setTimeout as sleep } from 'node:timers/promises';
import { QueryFailedError, type DataSource, type QueryRunner } from 'typeorm';

interface MigrationLock {
  /** Takes the lock, or answers at once with `taken` false, or fails with SQLITE_BUSY. */
  readonly take: string;
  readonly release: string;
  readonly releaseAfterFailure: string;
  readonly transaction: 'all' | 'none' | 'each';
}

/** The database's type → the lock under which one replica migrates while the others wait; a killed owner loses it. */
const LOCKS: Readonly<Partial<Record<string, MigrationLock>>> = Object.freeze({
  postgres: {
    take: `SELECT pg_try_advisory_lock(hashtext('sample-migrations')) AS taken`,
    release: `SELECT pg_advisory_unlock(hashtext('sample-migrations'))`,
    releaseAfterFailure: `SELECT pg_advisory_unlock(hashtext('sample-migrations'))`,
    transaction: 'all',
  },
  mariadb: {
    take: `SELECT GET_LOCK('sample-migrations', 0) AS taken`,
    release: `SELECT RELEASE_LOCK('sample-migrations')`,
    releaseAfterFailure: `SELECT RELEASE_LOCK('sample-migrations')`,
    transaction: 'each',
  },
  // TypeORM has one connection to a SQLite file, so the migrations run inside this very transaction.
  'better-sqlite3': {
    take: 'BEGIN IMMEDIATE',
    release: 'COMMIT',
    releaseAfterFailure: 'ROLLBACK',
    transaction: 'none',
  },
});

const WAIT_MS = 60_000;
const POLL_MS = 100;
const OTHER_NODE_WAIT_MS = 10_000;
/** MariaDB: another node was first with the table, with a column, or with the commit. */
const MADE_ELSEWHERE: ReadonlySet<unknown> = new Set(['ER_TABLE_EXISTS_ERROR', 'ER_DUP_FIELDNAME', 'ER_LOCK_DEADLOCK']);

/** Runs the pending migrations under a lock of the database: replicas that start together come up one after the other. */
export async function migrate(dataSource: DataSource): Promise<void> {
  const lock = LOCKS[dataSource.options.type];
  if (lock === undefined) throw new TypeError(`No migration lock is known for ${dataSource.options.type}.`);
  const runner = dataSource.createQueryRunner();
  try {
    await take(lock, runner);
    await runUnder(lock, runner, dataSource);
  } finally {
    await runner.release();
  }
}

async function runUnder(lock: MigrationLock, runner: QueryRunner, dataSource: DataSource): Promise<void> {
  try {
    await runPending(lock, dataSource);
  } catch (error) {
    await runner.query(lock.releaseAfterFailure);
    throw error;
  }
  await runner.query(lock.release);
}

/**
 * MariaDB's GET_LOCK counts on one node of a Galera cluster. There the tables decide: each is made once, and a replica
 * at another node that comes too late goes on when the first has noted its migration.
 */
async function runPending(lock: MigrationLock, dataSource: DataSource): Promise<void> {
  const giveUpAt = performance.now() + OTHER_NODE_WAIT_MS;
  for (;;) {
    try {
      await dataSource.runMigrations({ transaction: lock.transaction });
      return;
    } catch (error) {
      if (!isMadeElsewhere(error) || performance.now() > giveUpAt) throw error;
      await sleep(POLL_MS);
    }
  }
}

function isMadeElsewhere(error: unknown): boolean {
  return error instanceof QueryFailedError && MADE_ELSEWHERE.has(codeOf(error));
}

async function take(lock: MigrationLock, runner: QueryRunner): Promise<void> {
  const giveUpAt = performance.now() + WAIT_MS;
  while (!(await tryToTake(lock, runner))) {
    if (performance.now() > giveUpAt) {
      throw new Error(`Another process has held the migration lock for ${WAIT_MS / 1000} seconds. Is it stuck?`);
    }
    await sleep(POLL_MS);
  }
}

async function tryToTake(lock: MigrationLock, runner: QueryRunner): Promise<boolean> {
  try {
    const rows = (await runner.query(lock.take)) as
      readonly { readonly taken?: boolean | number | string }[] | undefined;
    const taken = rows?.[0]?.taken ?? true;
    return taken === true || Number(taken) === 1;
  } catch (error) {
    if (error instanceof QueryFailedError && codeOf(error) === 'SQLITE_BUSY') return false;
    throw error;
  }
}

function codeOf(error: QueryFailedError): unknown {
  return (error.driverError as { readonly code?: unknown }).code;
}
