import type { DataSource } from 'typeorm';
import { accountLinkSql } from '../../libs/vodapay/src/linking/account-link.sql.js';

export const NAMESPACE = 'production:2021072719000000000001';

/** The user id of the nth link, from 1. */
export function userIdOf(n: number): string {
  return `216610${String(n).padStart(15, '0')}`;
}

/** Stores so many active links by one statement, in no order of their users, and lets the database look at them. */
export async function fillLinks(dataSource: DataSource, count: number): Promise<void> {
  const { numbers, text, padded, analyze } = DIALECTS[dataSource.options.type] ?? unknown(dataSource);
  // 7,919 is prime to any count that is no multiple of it: every user comes once.
  const user = `(n * 7919) % ${count} + 1`;
  await dataSource.query(
    `INSERT INTO vodapay_account_link ` +
      `(id, namespace, client_id, vodapay_user_id, account_id, state, linked_at, updated_at) ` +
      `${numbers(count)} SELECT ${padded('n', 36)}, '${NAMESPACE}', '2021072719000000000001', ` +
      `${text("'216610'", padded(user, 15))}, ${text("'account-'", padded('n', 15))}, ` +
      `'active', 1763856000000 + n, 1763856000000 + n FROM numbers`,
  );
  await dataSource.query(analyze);
}

/** What the database says about the one statement of a returning login, or, with several users, of several at once. */
export async function planOf(dataSource: DataSource, whose: string | readonly string[]): Promise<string> {
  const { explain } = DIALECTS[dataSource.options.type] ?? unknown(dataSource);
  const { findByIdentity, findByIdentities } = accountLinkSql(dataSource);
  const statement = typeof whose === 'string' ? findByIdentity : findByIdentities;
  const rows = (await dataSource.query(`${explain} ${statement}`, [NAMESPACE, whose])) as readonly object[];
  return rows.map((row) => Object.values(row).map(String).join(' | ')).join('\n');
}

interface Dialect {
  /** The numbers from 1 to `count` as the common table expression `numbers(n)`. */
  readonly numbers: (count: number) => string;
  readonly text: (...parts: readonly string[]) => string;
  readonly padded: (expression: string, length: number) => string;
  readonly analyze: string;
  readonly explain: string;
}

const bars = (...parts: readonly string[]): string => parts.join(' || ');

const DIALECTS: Readonly<Record<string, Dialect>> = {
  'better-sqlite3': {
    numbers: (count) =>
      `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})`,
    text: bars,
    padded: (expression, length) => `printf('%0${length}d', ${expression})`,
    analyze: 'ANALYZE',
    explain: 'EXPLAIN QUERY PLAN',
  },
  postgres: {
    numbers: (count) => `WITH numbers(n) AS (SELECT generate_series(1::bigint, ${count}))`,
    text: bars,
    padded: (expression, length) => `lpad((${expression})::text, ${length}, '0')`,
    analyze: 'ANALYZE vodapay_account_link',
    explain: 'EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF)',
  },
  mariadb: {
    numbers: (count) => `WITH numbers(n) AS (SELECT seq FROM seq_1_to_${count})`,
    text: (...parts) => `concat(${parts.join(', ')})`,
    padded: (expression, length) => `lpad(${expression}, ${length}, '0')`,
    analyze: 'ANALYZE TABLE vodapay_account_link',
    explain: 'EXPLAIN',
  },
};

function unknown(dataSource: DataSource): never {
  throw new Error(`No way is known to fill a database of the type ${dataSource.options.type}.`);
}
