import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createDatabase, type TestDatabase } from '../databases/open-database.js';
import { authCode, login, send, type LoginBody } from './client.js';
import { SampleProcess } from './sample-process.js';
import { startSample, startWalletForSample, type RunningSample, type WalletForSample } from './start-sample.js';
import { openTunnel } from './tunnel.js';

let started: WalletForSample;

beforeAll(async () => {
  started = await startWalletForSample();
});
afterAll(() => started.wallet.stop());

describe('the sample on PostgreSQL', () => {
  it('comes up in three replicas that start together on an empty database, and they share accounts and sessions', async () => {
    const { url } = await newDatabase();
    const [one, two, three] = await Promise.all([start(url), start(url), start(url)]);

    const first = await login(one, started.wallet, 'replicated');
    const second = await login(two, started.wallet, 'replicated');

    expect([first.outcome, second.outcome]).toEqual(['created', 'existing']);
    expect(await send(three.url, 'GET', '/me', { token: first.session.token })).toMatchObject({
      status: 200,
      body: { account: { id: first.account.id } },
    });
  });

  it('has exactly the tables that its entities describe', async () => {
    const { dataSource } = await start((await newDatabase()).url);

    const drift = await dataSource.driver.createSchemaBuilder().log();
    expect(drift.upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('I1: makes one account of 100 parallel first logins over two processes', { timeout: 120_000 }, async () => {
    const { url } = await newDatabase();
    const processes = [1, 2].map(() => new SampleProcess({ ...started.variables, DATABASE_URL: url }));
    onTestFinished(async () => void (await Promise.all(processes.map((sample) => sample.stop()))));
    const urls = await Promise.all(processes.map((sample) => sample.listening()));
    const codes = await Promise.all(Array.from({ length: 100 }, () => authCode(started.wallet, 'everywhere-at-once')));

    const answers = await Promise.all(
      codes.map((code, n) => send(urls[n % 2] ?? '', 'POST', '/auth/vodapay/login', { json: { authCode: code } })),
    );

    const bodies = answers.map(({ body }) => body as LoginBody);
    expect(answers.map(({ status }) => status)).toEqual(codes.map(() => 200));
    expect(new Set(bodies.map(({ account }) => account.id)).size).toBe(1);
    expect(bodies.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
    const { dataSource } = await start(url);
    for (const table of ['account', 'vodapay_account_link']) {
      expect(await dataSource.query(`SELECT count(*) AS rows FROM ${table}`)).toEqual([{ rows: '1' }]);
    }
  });

  it('answers 503 while the database is gone, and stays alive', async () => {
    const tunnel = await openTunnel((await newDatabase()).url);
    onTestFinished(() => tunnel.cut());
    const sample = await start(tunnel.url);
    const { session } = await login(sample, started.wallet, 'cut-off');

    await tunnel.cut();

    const gone = { status: 503, body: { statusCode: 503, code: 'VODAPAY_STORE_UNAVAILABLE', next: 'retry' } };
    for (const path of ['/health', '/me']) {
      const answer = await send(sample.url, 'GET', path, { token: session.token });
      expect(answer).toMatchObject(gone);
      expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    }
    expect(await send(sample.url, 'GET', '/health/live')).toMatchObject({ status: 200 });
  });
});

async function newDatabase(): Promise<TestDatabase> {
  const database = await createDatabase('postgres');
  onTestFinished(() => database.drop());
  return database;
}

async function start(databaseUrl: string): Promise<RunningSample> {
  const sample = await startSample({ ...started.variables, DATABASE_URL: databaseUrl });
  onTestFinished(() => sample.stop());
  return sample;
}
