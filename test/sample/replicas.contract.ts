import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createDatabase, type DatabaseKind } from '../databases/open-database.js';
import { authCode, login, send, type LoginBody } from './client.js';
import { SampleProcess } from './sample-process.js';
import { startSample, startWalletForSample, type RunningSample, type WalletForSample } from './start-sample.js';

/** Samples on databases of one kind; each ends with its test. */
export interface SamplesOnServer {
  readonly wallet: WalletForSample['wallet'];
  /** The address of an empty database. */
  newDatabase(): Promise<string>;
  start(databaseUrl: string): Promise<RunningSample>;
}

/** What the sample does on a database server that several replicas share, and what else it does there. */
export function describeReplicas(kind: DatabaseKind, more: (samples: SamplesOnServer) => void): void {
  describe(`the sample on ${kind}`, () => {
    let started: WalletForSample;
    beforeAll(async () => {
      started = await startWalletForSample();
    });
    afterAll(() => started.wallet.stop());

    const newDatabase = async (): Promise<string> => {
      const { url, drop } = await createDatabase(kind);
      onTestFinished(drop);
      return url;
    };
    const start = async (databaseUrl: string): Promise<RunningSample> => {
      const sample = await startSample({ ...started.variables, DATABASE_URL: databaseUrl });
      onTestFinished(() => sample.stop());
      return sample;
    };

    it('comes up in three replicas that start together on an empty database, and they share accounts and sessions', async () => {
      const url = await newDatabase();
      const [one, two, three] = await Promise.all([start(url), start(url), start(url)]);

      const first = await login({ sample: one, wallet: started.wallet }, 'replicated');
      const second = await login({ sample: two, wallet: started.wallet }, 'replicated');

      expect([first.outcome, second.outcome]).toEqual(['created', 'existing']);
      expect(await send(three.url, 'GET', '/me', { token: first.session.token })).toMatchObject({
        status: 200,
        body: { account: { id: first.account.id } },
      });
    });

    it('has exactly the tables that its entities describe', async () => {
      const { dataSource } = await start(await newDatabase());

      const drift = await dataSource.driver.createSchemaBuilder().log();
      expect(drift.upQueries.map(({ query }) => query)).toEqual([]);
    });

    it('I1: makes one account of 100 parallel first logins over two processes', { timeout: 120_000 }, async () => {
      const url = await newDatabase();
      const processes = [1, 2].map(() => new SampleProcess({ ...started.variables, DATABASE_URL: url }));
      onTestFinished(async () => void (await Promise.all(processes.map((sample) => sample.stop()))));
      const urls = await Promise.all(processes.map((sample) => sample.listening()));
      const codes = await Promise.all(
        Array.from({ length: 100 }, () => authCode(started.wallet, 'everywhere-at-once')),
      );

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

    more({
      get wallet() {
        return started.wallet;
      },
      newDatabase,
      start,
    });
  });
}
