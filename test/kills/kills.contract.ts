import { expect, it, onTestFinished } from 'vitest';
import { openDatabase, type DatabaseKind } from '../databases/open-database.js';
import { runProgram } from '../programs/run-program.js';
import { LIBRARY, storedLinks } from '../linking/linking-under-test.js';
import { MerchantAccounts } from '../linking/merchant-accounts.js';
import { merchantOn, type KilledMerchant } from './killed-merchant.js';
import { OPERATIONS, type Operation, type OperationName, type Subject } from './operations.js';

/** Far above what any operation has. */
const STATEMENTS_AT_MOST = 60;
const PROCESSES = 2;
/** Ahead of every lease and silence. */
const AN_HOUR_MS = 3_600_000;

/** I2: killed before each of its statements, with a user for each kill; then every user signs in again. */
export function killsContract(kind: DatabaseKind, name: OperationName): void {
  const operation: Operation = OPERATIONS[name];

  it(`I2 ${name}, killed by SIGKILL before each of its statements: the next login succeeds, no half state stays`, async () => {
    const { url, dataSource, close } = await openDatabase(kind, LIBRARY);
    onTestFinished(close);
    await MerchantAccounts.makeTables(dataSource);
    const merchant = merchantOn(dataSource, operation.settings);

    const subjects = await killAtEachStatement(url, name, merchant);
    const accounts = await Promise.all(subjects.map((subject) => operation.next(merchant, subject)));
    await merchantOn(dataSource, operation.settings, () => Date.now() + AN_HOUR_MS).service.maintain();

    expect(subjects.length).toBeGreaterThan(2);
    await expectWholeState(merchant, operation, subjects, accounts);
  });
}

/** One process and one user a statement, until a process comes to its end. */
async function killAtEachStatement(
  url: string,
  operation: OperationName,
  merchant: KilledMerchant,
): Promise<readonly Subject[]> {
  const { prepare }: Operation = OPERATIONS[operation];
  const subjects: Subject[] = [];
  for (let killAt = 1; killAt < STATEMENTS_AT_MOST; killAt += PROCESSES) {
    const batch = await Promise.all(
      Array.from({ length: PROCESSES }, async (_, n) => {
        const subject = await prepare(merchant, `user-${killAt + n}`);
        const input = { url, operation, subject, killAt: killAt + n };
        return { subject, ...(await runProgram('killed-operation', input)) };
      }),
    );
    for (const { subject, signal, exitCode, stderr } of batch) {
      expect({ end: signal ?? exitCode, stderr }).toEqual({ end: expect.toBeOneOf(['SIGKILL', 0]), stderr: '' });
      subjects.push(subject);
    }
    if (batch.some(({ exitCode }) => exitCode === 0)) return subjects;
  }
  throw new Error(`${operation} has no end after ${STATEMENTS_AT_MOST} statements.`);
}

async function expectWholeState(
  { dataSource, accounts: directory, service }: KilledMerchant,
  { stories }: Operation,
  subjects: readonly Subject[],
  accounts: readonly string[],
): Promise<void> {
  const links = await storedLinks(dataSource);
  expect(links.map(({ state }) => state)).toEqual(subjects.map(() => 'active'));
  expect(await dataSource.query('SELECT account_id FROM vodapay_account_hold')).toEqual([]);
  const known = await directory.ids();
  const calls = await directory.calls();
  for (const [index, subject] of subjects.entries()) {
    const { userId, accountId: before } = subject;
    const account = accounts[index] ?? '';
    const own = links.filter(({ vodapay_user_id }) => vodapay_user_id === userId);
    expect(own.map(({ account_id }) => account_id)).toEqual([account]);
    expect(known).toContain(account);
    // Each account that was made is one that a link opens or opened: none is left over, none is made twice.
    const keys = new Set(calls.filter(({ user_id }) => user_id === userId).map((call) => call.idempotency_key));
    const opened = new Set([before, account].filter((id) => id !== undefined && id !== subject['otherAccountId']));
    expect(keys.size, `accounts made for ${userId}`).toBeLessThanOrEqual(opened.size);
    const ids = [...new Set([before ?? account, account])];
    const events = (await Promise.all(ids.map((id) => service.events(id)))).flat();
    const inOrder = [...new Map(events.map((event) => [event.id, event])).values()].sort((a, b) =>
      a.id < b.id ? -1 : 1,
    );
    expect(stories, `the story of ${userId}`).toContainEqual({
      same: account === before,
      kinds: inOrder.map(({ kind }) => kind),
    });
  }
}
