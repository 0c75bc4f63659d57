import { randomUUID } from 'node:crypto';
import { QueryFailedError, type QueryRunner } from 'typeorm';

/** What one replica holds while it migrates and the others wait. */
export interface MigrationLock {
  /** Takes the lock, or answers at once with false. */
  readonly take: (runner: QueryRunner) => Promise<boolean>;
  /** Ends it; `succeeded`: whether the migrations have run. */
  readonly release: (runner: QueryRunner, succeeded: boolean) => Promise<unknown>;
  /** Shows that its owner lives, where the database doesn't see that by itself. */
  readonly renew?: (runner: QueryRunner) => Promise<unknown>;
  /** How the migrations run under it. */
  readonly transaction: 'all' | 'none' | 'each';
}

/** The database's type → its lock. A killed owner loses it. */
export const MIGRATION_LOCKS: Readonly<Partial<Record<string, () => MigrationLock>>> = Object.freeze({
  postgres: () => ({
    take: async (runner) => {
      const [row] = (await runner.query(`SELECT pg_try_advisory_lock(${ID}) AS taken`)) as [{ taken: boolean }];
      return row.taken;
    },
    release: (runner) => runner.query(`SELECT pg_advisory_unlock(${ID})`),
    transaction: 'all',
  }),
  mariadb: leaseInTable,
  // TypeORM has one connection to a SQLite file, so the migrations run inside this very transaction.
  'better-sqlite3': () => ({
    take: (runner) => unlessRefused('SQLITE_BUSY', async () => void (await runner.query('BEGIN IMMEDIATE'))),
    release: (runner, succeeded) => runner.query(succeeded ? 'COMMIT' : 'ROLLBACK'),
    transaction: 'none',
  }),
});

const ID = `hashtext('sample-migrations')`;
/** Well above the pause between two renewals, and what replicas wait after their first was killed. Seconds. */
const LEASE_S = 30;

/**
 * A row, and no GET_LOCK, which counts on one node of a Galera cluster only. Of two nodes that take it at once the
 * cluster refuses one at its commit; and a node that sees it released has everything that was committed before.
 */
function leaseInTable(): MigrationLock {
  const holder = randomUUID();
  const lease = [LEASE_S, holder];
  let isThere = false;
  return {
    take: async (runner) => {
      if (!isThere) await runner.query(CREATE);
      isThere = true;
      return unlessRefused('ER_LOCK_DEADLOCK', async () => {
        await runner.query(`INSERT IGNORE INTO ${TABLE} VALUES (1, '', 0)`);
        await runner.query(`UPDATE ${TABLE} SET until = ${NOW} + ?, holder = ? WHERE until < ${NOW}`, lease);
        const [row] = (await runner.query(`SELECT holder FROM ${TABLE}`)) as [{ readonly holder: string }];
        return row.holder === holder;
      });
    },
    renew: (runner) => runner.query(`UPDATE ${TABLE} SET until = ${NOW} + ? WHERE holder = ?`, lease),
    release: async (runner) => {
      const free = async (): Promise<void> =>
        void (await runner.query(`UPDATE ${TABLE} SET holder = '', until = 0 WHERE holder = ?`, [holder]));
      while (!(await unlessRefused('ER_LOCK_DEADLOCK', free)));
    },
    transaction: 'each',
  };
}

const TABLE = 'sample_migration_lock';
const NOW = 'UNIX_TIMESTAMP()';
const CREATE =
  `CREATE TABLE IF NOT EXISTS ${TABLE} ` +
  '(id integer PRIMARY KEY, holder varchar(36) NOT NULL, until bigint NOT NULL)';

/** False when the database refuses with this code: somebody else was faster. */
async function unlessRefused(code: string, work: () => Promise<boolean | void>): Promise<boolean> {
  try {
    return (await work()) ?? true;
  } catch (error) {
    if (error instanceof QueryFailedError && codeOf(error) === code) return false;
    throw error;
  }
}

function codeOf(error: QueryFailedError): unknown {
  return (error.driverError as { readonly code?: unknown }).code;
}
