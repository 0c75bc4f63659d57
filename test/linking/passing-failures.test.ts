import type { DataSource } from 'typeorm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../databases/open-database.js';
import { LIBRARY, linkingOn, storedLinks } from './linking-under-test.js';
import { MemoryAccounts } from './memory-accounts.js';

describe('failures of the database that pass', () => {
  it.each([
    ['a deadlock', '40P01'],
    ['a serialisation failure', '40001'],
  ])('I5 %s in each of our own statements is repeated (PostgreSQL)', async (_, sqlState) => {
    const dataSource = await openPostgres();
    await failEveryStatementOnce(dataSource, sqlState);
    const { login } = linkingOn(dataSource, new MemoryAccounts());

    expect((await login('user-1')).outcome).toBe('created');
    expect(await storedLinks(dataSource)).toMatchObject([{ state: 'active' }]);
  });

  it('I5 a real deadlock of two transactions inside create is repeated under the same key (PostgreSQL)', async () => {
    const dataSource = await openPostgres();
    await dataSource.query('CREATE TABLE ledger (id integer PRIMARY KEY, used integer DEFAULT 0)');
    await dataSource.query('INSERT INTO ledger (id) VALUES (1), (2)');
    const accounts = new MemoryAccounts();
    const create = accounts.onCreate;
    let rival: Promise<void> | undefined;
    accounts.onCreate = async (profile, key) => {
      await lockBoth(dataSource, [1, 2], '20ms', async () => {
        if (rival !== undefined) return;
        rival = lockBoth(dataSource, [2, 1], '60s');
        await expect.poll(() => waitingForLocks(dataSource)).toBe(1);
      });
      return create(profile, key);
    };
    const { login } = linkingOn(dataSource, accounts);

    expect((await login('user-1')).outcome).toBe('created');
    await rival;
    expect(accounts.keys.length).toBeGreaterThan(1);
    expect(new Set(accounts.keys).size).toBe(1);
  });

  it('I5 connections that the server has cut cost at most one 503, then logins go on (PostgreSQL)', async () => {
    const dataSource = await openPostgres();
    const { login } = linkingOn(dataSource, new MemoryAccounts());
    await login('user-1');
    await dataSource
      .query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()')
      .catch(() => undefined);

    const [outcome] = await Promise.allSettled([login('user-1')]);
    if (outcome?.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'VODAPAY_STORE_UNAVAILABLE' });
    expect((await login('user-1')).outcome).toBe('existing');
  });

  it('I5 "database is locked" by another process is waited out (SQLite)', async () => {
    const { dataSource, other } = await lockedSqlite();
    const { login } = linkingOn(dataSource, new MemoryAccounts());
    setTimeout(() => void other.query('COMMIT'), 200);

    expect((await login('user-1')).outcome).toBe('created');
  });

  it('I5 a lock that is never given up ends as 503, not as 500 (SQLite)', async () => {
    const { dataSource } = await lockedSqlite();
    const { login } = linkingOn(dataSource, new MemoryAccounts());

    await expect(login('user-1')).rejects.toMatchObject({ code: 'VODAPAY_STORE_UNAVAILABLE', status: 503 });
  });
});

/** A database that another process holds. */
async function lockedSqlite() {
  const { dataSource, openAnother, close } = await openDatabase('sqlite', { ...LIBRARY, busyTimeoutMs: 20 });
  onTestFinished(close);
  const other = await openAnother();
  await other.query('BEGIN IMMEDIATE');
  return { dataSource, other };
}

async function openPostgres(): Promise<DataSource> {
  const { dataSource, close } = await openDatabase('postgres', LIBRARY);
  onTestFinished(close);
  return dataSource;
}

/** A sequence isn't rolled back: every second write fails, whatever becomes of its transaction. */
async function failEveryStatementOnce(dataSource: DataSource, sqlState: string): Promise<void> {
  await dataSource.query('CREATE SEQUENCE write_count');
  await dataSource.query(`CREATE FUNCTION fail_odd_writes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF nextval('write_count') % 2 = 1 THEN RAISE EXCEPTION 'injected' USING ERRCODE = '${sqlState}'; END IF;
      RETURN NEW;
    END $$`);
  await dataSource.query(`CREATE TRIGGER fail_odd_writes BEFORE INSERT OR UPDATE ON vodapay_account_link
    FOR EACH ROW EXECUTE FUNCTION fail_odd_writes()`);
}

/** Locks two rows one after the other. PostgreSQL cancels whoever looks for a deadlock first: `lookAfter` decides. */
async function lockBoth(
  dataSource: DataSource,
  [first, second]: readonly [number, number],
  lookAfter: string,
  between: () => Promise<void> = async () => {},
): Promise<void> {
  await dataSource.transaction(async (manager) => {
    await manager.query(`SET LOCAL deadlock_timeout = '${lookAfter}'`);
    await manager.query('UPDATE ledger SET used = used + 1 WHERE id = $1', [first]);
    await between();
    await manager.query('UPDATE ledger SET used = used + 1 WHERE id = $1', [second]);
  });
}

/** How many connections wait for a row that another has locked. */
async function waitingForLocks(dataSource: DataSource): Promise<number> {
  const waiting: readonly unknown[] = await dataSource.query(
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
  );
  return waiting.length;
}
