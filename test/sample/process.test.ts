import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { authCode, send } from './client.js';
import { holdWallet } from './held-wallet.js';
import { SampleProcess } from './sample-process.js';
import { startWalletForSample, temporaryFolder, type WalletForSample } from './start-sample.js';

const folder = temporaryFolder();
let started: WalletForSample;

beforeAll(async () => {
  started = await startWalletForSample();
});
afterAll(async () => {
  await started.wallet.stop();
  folder.remove();
});

describe('the sample as a process', () => {
  it('finishes the login that is in flight when SIGTERM comes, takes no new one, and ends', async () => {
    const held = await holdWallet(started.wallet.url);
    onTestFinished(() => held.stop());
    const sample = run({ VODAPAY_BASE_URL: held.url, DATABASE_URL: `sqlite:${folder.path}/term.sqlite` });
    const url = await sample.listening();
    const code = await authCode(started.wallet, 'in-flight');
    const login = send(url, 'POST', '/auth/vodapay/login', { json: { authCode: code } });
    await held.arrived;

    sample.signal('SIGTERM');
    await refusesConnections(url);
    held.release();

    expect(await login).toMatchObject({ status: 200, body: { outcome: 'created' } });
    await sample.ended;
    expect(sample.output.match(/Sample listening on/g)).toHaveLength(1);
  });

  it('comes up twice at once on one new SQLite file', async () => {
    const variables = { DATABASE_URL: `sqlite:${folder.path}/twins.sqlite` };
    const twins = [run(variables), run(variables)];

    const urls = await Promise.all(twins.map((twin) => twin.listening()));

    for (const url of urls) expect(await send(url, 'GET', '/health')).toMatchObject({ status: 200 });
  });

  it.each([
    ['a variable is missing', { VODAPAY_CLIENT_ID: '' }, /VODAPAY_CLIENT_ID is missing/],
    ['a key is no key', { VODAPAY_PUBLIC_KEY: 'hunter2' }, /VODAPAY_PUBLIC_KEY: /],
    ['HOST is no address', { HOST: 'no-such-host.invalid' }, /^Sample cannot start: HOST is no address/m],
    [
      'the database does not answer',
      { DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/shop' },
      /DATABASE_URL does not answer/,
    ],
  ])('stops with status 1 and a sentence when %s', async (_, change, sentence) => {
    const sample = run({ DATABASE_URL: `sqlite:${folder.path}/wrong.sqlite`, ...change });

    expect(await sample.ended).toBe(1);
    expect(sample.output).toMatch(sentence);
    expect(sample.output).not.toContain('hunter2');
  });
});

function run(variables: NodeJS.ProcessEnv): SampleProcess {
  const sample = new SampleProcess({ ...started.variables, ...variables });
  onTestFinished(() => sample.stop());
  return sample;
}

/** Resolves when the server has stopped listening. */
async function refusesConnections(url: string): Promise<void> {
  while (
    await fetch(`${url}/health/live`).then(
      () => true,
      () => false,
    )
  );
}
