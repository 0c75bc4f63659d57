import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { authCode, login, send, type LoginBody } from '../../sample/client.js';
import { SampleProcess } from '../../sample/sample-process.js';
import {
  startSample,
  startWalletForSample,
  type RunningSample,
  type WalletForSample,
} from '../../sample/start-sample.js';
import { createDatabase, DATABASE_KINDS, type DatabaseKind } from '../open-database.js';

const KINDS = DATABASE_KINDS.filter((kind) => kind === 'mariadb' || kind === 'galera');
let started: WalletForSample;

beforeAll(async () => {
  started = await startWalletForSample();
});
afterAll(() => started.wallet.stop());

describe.each(KINDS)('the sample on %s', (kind) => {
  it('comes up in three replicas that start together on an empty database, and they share accounts and sessions', async () => {
    const url = await newDatabase(kind);
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
    const { dataSource } = await start(await newDatabase(kind));

    const drift = await dataSource.driver.createSchemaBuilder().log();
    expect(drift.upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('I1: makes one account of 100 parallel first logins over two processes', async () => {
    const url = await newDatabase(kind);
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
      const [row] = (await dataSource.query(`SELECT count(*) AS n FROM ${table}`)) as [{ n: string | number }];
      expect(Number(row.n)).toBe(1);
    }
  });

  it('keeps a name of four-byte characters, and the time to the millisecond', async () => {
    const sample = await start(await newDatabase(kind));
    const { session } = await login(sample, started.wallet, 'four-bytes');
    await send(sample.url, 'PATCH', '/me', { token: session.token, json: { displayName: 'Naledi 🦏' } });

    expect(await send(sample.url, 'GET', '/me', { token: session.token })).toMatchObject({
      body: { account: { displayName: 'Naledi 🦏' } },
    });
    const [row] = (await sample.dataSource.query('SELECT created_at FROM account')) as [
      { created_at: string | number },
    ];
    expect(Math.abs(Number(row.created_at) - Date.now())).toBeLessThan(60_000);
  });
});

async function newDatabase(kind: DatabaseKind): Promise<string> {
  const { url, drop } = await createDatabase(kind);
  onTestFinished(drop);
  return url;
}

async function start(databaseUrl: string): Promise<RunningSample> {
  const sample = await startSample({ ...started.variables, DATABASE_URL: databaseUrl });
  onTestFinished(() => sample.stop());
  return sample;
}
