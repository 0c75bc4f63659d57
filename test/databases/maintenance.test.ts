import type { DataSource, Logger } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkingOn, LIBRARY, type LinkingUnderTest } from '../linking/linking-under-test.js';
import { MemoryAccounts } from '../linking/memory-accounts.js';
import { fillLinks, NAMESPACE } from './many-links.js';
import { DATABASE_KINDS, openDatabase, type DatabaseKind, type OpenDatabase } from './open-database.js';

const LINKS = 20_000;
/** A row here lasts for the moment of a change: the table is empty but for what killed processes left. */
const HOLDS = 'vodapay_account_hold';
/** A day after the last link that `fillLinks` makes. */
const NOW = 1_763_856_000_000 + LINKS + 86_400_000;
/** Half of what is stored is older. */
const RETENTION_MS = 86_400_000 + LINKS / 2;

/** What a plan says that reads a whole table, or the whole of an index. */
const WHOLE_TABLE: Readonly<Record<DatabaseKind, RegExp>> = {
  sqlite: /SCAN (?!\(|constant)/,
  postgres: /Seq Scan/,
  mariadb: /\| (ALL|index) \|/,
  galera: /\| (ALL|index) \|/,
};

describe.each(DATABASE_KINDS)('maintenance on %s, among 20,000 rows of each table', (kind) => {
  const sent = new Map<string, unknown[]>();
  let statements: readonly (readonly [sql: string, values: unknown[]])[];
  let database: OpenDatabase;
  let linking: LinkingUnderTest;
  let maintained: object;

  beforeAll(async () => {
    const logger = noting((sql, values) => void (sent.has(sql) || sent.set(sql, values)));
    database = await openDatabase(kind, { ...LIBRARY, logger });
    const { dataSource } = database;
    const settings = { namespace: NAMESPACE, eventRetentionMs: RETENTION_MS };
    linking = linkingOn(dataSource, new MemoryAccounts(), () => NOW, settings);
    await fillLinks(dataSource, LINKS);
    for (const [table, columns] of Object.entries(COPIED)) {
      const names = Object.keys(columns).join(', ');
      const copy = `INSERT INTO ${table} (${names}) SELECT ${Object.values(columns).join(', ')} FROM vodapay_account_link`;
      await dataSource.query(copy);
    }
    await dataSource.query(TELL);
    for (const id of OWED) await dataSource.query(`DELETE FROM vodapay_link_event WHERE id = '${id}'`);
    for (const { tableName } of dataSource.entityMetadatas) await dataSource.query(analyze(kind, tableName));
    sent.clear();
    await linking.sessions.purgeExpired(NOW, 500);
    await linking.sessions.purgeIdle(NOW - RETENTION_MS, 500);
    await linking.sessions.endSurplus(`account-${'19999'.padStart(15, '0')}`, 0);
    await linking.service.purgeExpiredProofs();
    maintained = await linking.service.maintain();
    statements = [...sent];
  });
  afterAll(() => database.close());

  it('finds what is owed on every page of links, and deletes in batches what is past its time', async () => {
    expect(maintained).toEqual({ settled: OWED.length, purged: LINKS / 2 - 1 });
    expect(await linking.service.events(`account-${'15000'.padStart(15, '0')}`)).toMatchObject([{ id: OWED[1] }]);
    for (const table of ['vodapay_link_ticket', 'vodapay_link_attempt', 'vodapay_link_code']) {
      expect(await database.dataSource.query(`SELECT expires_at FROM ${table} LIMIT 1`)).toEqual([]);
    }
  });

  it('reads no whole table: every statement, as it is first sent, takes a range of an index', async () => {
    const plans: string[] = [];
    for (const [sql, values] of statements) plans.push(`${sql}\n${await planOf(database.dataSource, sql, values)}`);

    expect(plans.length).toBeGreaterThan(15);
    expect(plans.filter((plan) => WHOLE_TABLE[kind].test(plan) && !plan.includes(HOLDS))).toEqual([]);
  });
});

/** Links whose events are not written, each on another page. */
const OWED = [10_500, 15_000, LINKS].map((n) => String(n).padStart(36, '0'));
const TELL =
  "UPDATE vodapay_account_link SET change_id = id, change_kind = 'linked', change_actor = 'user', " +
  "change_reason = 'first-login', change_policy = 'create', identity_hash = 'hash'";
const EXPIRES = { expires_at: 'updated_at + 80000000' };
/** Table → column → its value, from a link's row. */
const COPIED = {
  vodapay_link_event: {
    id: 'id',
    link_id: 'id',
    namespace: 'namespace',
    account_id: 'account_id',
    happened_at: 'updated_at',
    kind: "'linked'",
    actor: "'user'",
    reason: "'first-login'",
    policy: "'create'",
    identity_hash: "'hash'",
  },
  vodapay_session: {
    id: 'id',
    token_hash: 'id',
    link_id: 'id',
    account_id: 'account_id',
    client_id: 'client_id',
    namespace: 'namespace',
    created_at: 'updated_at',
    validated_at: 'updated_at',
    token_version: '0',
    ...EXPIRES,
  },
  vodapay_link_ticket: {
    id: 'id',
    namespace: 'namespace',
    vodapay_user_id: 'vodapay_user_id',
    client_id: 'client_id',
    token_hash: 'id',
    purpose: "'link'",
    state: "'link-code'",
    sealed: "'sealed'",
    ...EXPIRES,
  },
  vodapay_link_attempt: { scope_hash: 'id', slot: '0', ...EXPIRES },
  vodapay_link_code: { namespace: 'namespace', account_id: 'account_id', code_hash: 'id', ...EXPIRES },
};

async function planOf(dataSource: DataSource, sql: string, values: unknown[]): Promise<string> {
  const explain = dataSource.options.type === 'better-sqlite3' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
  const rows = (await dataSource.query(`${explain} ${sql}`, values)) as readonly object[];
  return rows.map((row) => Object.values(row).map(String).join(' | ')).join('\n');
}

function analyze(kind: DatabaseKind, table: string): string {
  return kind === 'mariadb' || kind === 'galera' ? `ANALYZE TABLE ${table}` : `ANALYZE ${table}`;
}

function noting(note: (sql: string, values: unknown[]) => void): Logger {
  const ignore = (): void => undefined;
  return {
    logQuery: (sql, values) => note(sql, Array.isArray(values) ? [...(values as unknown[])] : []),
    logQueryError: ignore,
    logQuerySlow: ignore,
    logSchemaBuild: ignore,
    logMigration: ignore,
    log: ignore,
  };
}
