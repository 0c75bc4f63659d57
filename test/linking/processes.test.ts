import { describe, expect, it, onTestFinished } from 'vitest';
import { DATABASE_KINDS, openDatabase } from '../databases/open-database.js';
import { runProgram } from '../databases/run-program.js';
import { LIBRARY, linkingOn, storedLinks } from './linking-under-test.js';
import { MerchantAccounts } from './merchant-accounts.js';

interface Result {
  readonly accountId: string;
  readonly outcome: string;
}

describe.each(DATABASE_KINDS)('several server processes on %s', (kind) => {
  it('I1 sign one user in 100 times in parallel: 100 successes, one account, one link, one create', async () => {
    const { url, dataSource, close } = await openDatabase(kind, LIBRARY);
    onTestFinished(close);
    await MerchantAccounts.makeTables(dataSource);
    const merchant = new MerchantAccounts(dataSource);
    const input = { url, userId: 'user-1', logins: 50, startAt: Date.now() + 3_000 };

    const runs = await Promise.all([1, 2].map(() => runProgram('test/linking/programs/many-first-logins.ts', input)));

    expect(runs.map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toEqual([
      { exitCode: 0, stderr: '' },
      { exitCode: 0, stderr: '' },
    ]);
    const results = runs.flatMap(({ stdout }) => JSON.parse(stdout) as readonly Result[]);
    const ids = await merchant.ids();
    expect(ids).toHaveLength(1);
    expect(results.map(({ accountId }) => accountId)).toEqual(Array.from({ length: 100 }, () => ids[0]));
    expect(results.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
    expect(await storedLinks(dataSource)).toMatchObject([{ account_id: ids[0], state: 'active' }]);
    expect(await merchant.calls()).toHaveLength(1);
  });

  it('I2 killed by SIGKILL before each statement of a first login leave nothing that a second login duplicates', async () => {
    const { url, dataSource, close } = await openDatabase(kind, LIBRARY);
    onTestFinished(close);
    await MerchantAccounts.makeTables(dataSource);
    const merchant = new MerchantAccounts(dataSource);
    const kills = Array.from({ length: STATEMENTS_OF_A_FIRST_LOGIN + 1 }, (_, index) => index + 1);

    const deaths = [];
    for (const pair of inPairs(kills)) {
      const runs = pair.map((killAt) =>
        runProgram('test/linking/programs/killed-first-login.ts', { url, userId: `user-${killAt}`, killAt }),
      );
      deaths.push(...(await Promise.all(runs)));
    }
    const { login } = linkingOn(dataSource, merchant);
    const logins = await Promise.all(kills.map((killAt) => login(`user-${killAt}`)));

    expect(deaths.map(({ signal, exitCode }) => signal ?? exitCode)).toEqual([
      ...kills.slice(0, -1).map(() => 'SIGKILL'),
      0,
    ]);
    const linked = logins.map(({ link }) => link.accountId);
    expect([...(await merchant.ids())].sort()).toEqual([...linked].sort());
    expect(new Set(linked).size).toBe(kills.length);
    expect((await storedLinks(dataSource)).map(({ state }) => state)).toEqual(kills.map(() => 'active'));
    for (const killAt of kills) {
      const calls = (await merchant.calls()).filter(({ user_id }) => user_id === `user-${killAt}`);
      expect(new Set(calls.map(({ idempotency_key }) => idempotency_key)).size).toBe(1);
    }
  });
});

/** Ours: read, reserve, activate. The merchant's: log, insert and read in `create`, read in `find`. */
const STATEMENTS_OF_A_FIRST_LOGIN = 7;

function inPairs<T>(items: readonly T[]): readonly (readonly T[])[] {
  return items.flatMap((_, index) => (index % 2 === 0 ? [items.slice(index, index + 2)] : []));
}
