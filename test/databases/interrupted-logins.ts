import { expect, onTestFinished } from 'vitest';
import { authCode, send, type LoginBody } from '../sample/client.js';
import { startSample, startWalletForSample, type RunningSample, type Wallet } from '../sample/start-sample.js';
import { RunOfLogins, type SentLogin } from './run-of-logins.js';

export interface InterruptedLogins {
  /** Logins that were answered with 200, and with 503. */
  readonly acknowledged: number;
  readonly unavailable: number;
}

/**
 * How many logins at one sample may still fail when the database is back: each connection of its pool may have to be found
 * dead by one of them. No time is asked for, which a busy machine would stretch.
 */
const FAILS_AFTERWARDS = 10;
const CHECKS_AT_ONCE = 8;

/**
 * Signs users in at one sample per database address while `interrupt` takes the database away and brings it back, and
 * holds the outcome against the rule: no acknowledged login lost, errors only 503, recovery by itself.
 */
export async function interruptLogins(
  databaseUrls: readonly string[],
  interrupt: () => Promise<void>,
): Promise<InterruptedLogins> {
  const { wallet, variables } = await startWalletForSample();
  onTestFinished(() => wallet.stop());
  const samples: RunningSample[] = [];
  for (const DATABASE_URL of databaseUrls) {
    const sample = await startSample({ ...variables, DATABASE_URL });
    onTestFinished(() => sample.stop());
    samples.push(sample);
  }

  const run = new RunOfLogins(
    samples.map(({ url }) => url),
    wallet,
  );
  await run.successes(20);
  await interrupt();
  const backAt = run.now;
  await run.successes(50);
  await run.stop();

  const refused = run.sent.filter(({ status }) => status !== 200);
  expect(refused.filter(({ status, code }) => status !== 503 || code !== 'VODAPAY_STORE_UNAVAILABLE')).toEqual([]);
  expect(refused.filter(({ sentAt }) => sentAt > backAt).length).toBeLessThanOrEqual(FAILS_AFTERWARDS * samples.length);
  await expectNothingLost(samples, wallet, run);
  return {
    acknowledged: run.sent.length - refused.length,
    unavailable: refused.length,
  };
}

/** Every acknowledged session and account is there, every user can sign in, and nobody has two accounts. */
async function expectNothingLost(samples: readonly RunningSample[], wallet: Wallet, run: RunOfLogins): Promise<void> {
  const url = (index: number): string => samples[index % samples.length]?.url ?? '';
  const checkOne = async ({ userId, login }: SentLogin, index: number): Promise<void> => {
    const code = await authCode(wallet, userId);
    const again = await send(url(index + 1), 'POST', '/auth/vodapay/login', { json: { authCode: code } });
    expect(again.status).toBe(200);
    if (login === undefined) return;
    expect((again.body as LoginBody).account.id).toBe(login.account.id);
    expect((again.body as LoginBody).outcome).toBe('existing');
    expect(await send(url(index), 'GET', '/me', { token: login.session.token })).toMatchObject({
      status: 200,
      body: { account: { id: login.account.id } },
    });
  };
  const checks = run.sent.entries();
  const checkNext = async (): Promise<void> => {
    for (const [index, sent] of checks) await checkOne(sent, index);
  };
  await Promise.all(Array.from({ length: CHECKS_AT_ONCE }, checkNext));
  const count = async (sql: string): Promise<number> => {
    const rows = (await samples[0]?.dataSource.query(sql)) as readonly { readonly n: string | number }[];
    return Number(rows[0]?.n);
  };
  expect(await count('SELECT count(*) AS n FROM account')).toBe(run.sent.length);
  expect(await count(`SELECT count(*) AS n FROM vodapay_account_link WHERE state = 'active'`)).toBe(run.sent.length);
  expect(await count(`SELECT count(*) AS n FROM vodapay_account_link WHERE state <> 'active'`)).toBe(0);
}
