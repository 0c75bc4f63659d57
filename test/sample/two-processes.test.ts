import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createDatabase } from '../databases/open-database.js';
import { authCode, send, type Answer, type LoginBody } from './client.js';
import { SampleProcess } from './sample-process.js';
import { startWalletForSample, type WalletForSample } from './start-sample.js';

const REVALIDATE_AFTER_MS = 2_000;
const USER = 'in-two-processes';

let started: WalletForSample;
beforeAll(async () => {
  started = await startWalletForSample();
});
afterAll(() => started.wallet.stop());

it(
  'An access token that expires with 1,000 requests over two processes is refreshed once, and nobody is signed out',
  { timeout: 120_000 },
  async () => {
    const { url, drop } = await createDatabase('postgres');
    onTestFinished(drop);
    const variables = {
      ...started.variables,
      DATABASE_URL: url,
      VODAPAY_REVALIDATE_AFTER_MS: `${REVALIDATE_AFTER_MS}`,
    };
    const processes = [1, 2].map(() => new SampleProcess(variables));
    onTestFinished(async () => void (await Promise.all(processes.map((sample) => sample.stop()))));
    const urls = await Promise.all(processes.map((sample) => sample.listening()));
    const json = { authCode: await authCode(started.wallet, USER) };
    const { body } = await send(urls[0] ?? '', 'POST', '/auth/vodapay/login', { json });
    const { token } = (body as LoginBody).session;
    const dueAt = Date.now() + REVALIDATE_AFTER_MS;
    started.wallet.expire(USER);
    await expect.poll(() => Date.now(), { timeout: 10_000 }).toBeGreaterThan(dueAt);

    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, n) => meOnceTheDatabaseAnswers(urls[n % 2] ?? '', token)),
    );

    expect(answers.filter(({ status }) => status !== 200).map(({ body: refusal }) => refusal)).toEqual([]);
    // One for the login, one refresh.
    expect(started.wallet.calls.filter(({ operation }) => operation === 'applyToken')).toHaveLength(2);
  },
);

/** On a busy machine a request may wait too long for one of the pool's connections; its 503 says "retry". */
async function meOnceTheDatabaseAnswers(url: string, token: string): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    const answer = await send(url, 'GET', '/me', { token });
    const { code } = answer.body as { readonly code?: string };
    if (code !== 'VODAPAY_STORE_UNAVAILABLE' || tries === 5) return answer;
  }
}
