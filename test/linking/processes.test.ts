import { describe, expect, it, onTestFinished } from 'vitest';
import { DATABASE_KINDS, openDatabase } from '../databases/open-database.js';
import { runProgram } from '../programs/run-program.js';
import { LIBRARY, storedLinks } from './linking-under-test.js';
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

    const runs = await Promise.all([1, 2].map(() => runProgram('many-first-logins', input)));

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
});
