import type { SqlValue, StatementRunner } from './statement-runner.js';

/** Rows a statement. Small, so that none outlasts its deadline or makes a write set that a Galera cluster refuses. */
const PURGE_BATCH = 500;

/** Two statements on one column of time; both begin with the same values. */
export interface PurgeSql {
  /** Then a time: the oldest time but 499 up to it, as `bound`. No row when there are fewer. */
  readonly bound: string;
  /** Then a time: deletes up to and including it. */
  readonly remove: string;
}

/**
 * Deletes the rows up to and including a time, the oldest first, and returns how many. By two range scans of an index:
 * PostgreSQL has no `DELETE … LIMIT`, and MariaDB before 11.1 reads the whole table for `DELETE … IN (SELECT …)`.
 */
export async function purgeInBatches(
  statements: Pick<StatementRunner, 'read' | 'remove'>,
  { bound, remove }: PurgeSql,
  whose: readonly SqlValue[],
  until: number,
): Promise<number> {
  let purged = 0;
  for (;;) {
    const [oldest] = await statements.read<{ readonly bound: string | number }>(bound, [...whose, until]);
    purged += await statements.remove(remove, [...whose, oldest === undefined ? until : Number(oldest.bound)]);
    if (oldest === undefined) return purged;
  }
}

/** The statements for a table. `where`: the condition before the time, ending in ` AND `; or nothing. */
export function purgeSql(table: string, column: string, where = ''): PurgeSql {
  const due = `FROM ${table} WHERE ${where}${column} <= ?`;
  return {
    bound: `SELECT ${column} AS bound ${due} ORDER BY ${column} LIMIT 1 OFFSET ${PURGE_BATCH - 1}`,
    remove: `DELETE ${due}`,
  };
}
