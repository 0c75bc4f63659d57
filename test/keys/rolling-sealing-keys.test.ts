import { randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { VodaPaySessionService } from 'nestjs-vodapay';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../../apps/sample/src/create-app.js';
import { readEnvironment } from '../../apps/sample/src/environment.js';
import { SampleLogger } from '../../apps/sample/src/sample-logger.js';
import { createDatabase, type TestDatabase } from '../databases/open-database.js';
import { recordSecret } from '../leaks/record-secret.js';
import { login, send, type Answer } from '../sample/client.js';
import { startSample, startWalletForSample, type RunningSample, type WalletForSample } from '../sample/start-sample.js';

/** How many requests the keys change under. */
const REQUESTS = Number(process.env['ROTATION_REQUESTS'] ?? 10_000);
const CLIENTS = 12;
const USERS = Array.from({ length: 24 }, (_, n) => `21661000007${String(n).padStart(10, '0')}`);
/** So short that sessions are due again and again meanwhile, which opens their sealed tokens. */
const REVALIDATE_AFTER_MS = 1_500;

const newKey = (id: string): string => `${id}:${recordSecret('sealing key', randomBytes(32).toString('base64'))}`;
const [OLD, NEW] = [newKey('old'), newKey('new')];

/** One server behind the balancer. */
interface Server {
  readonly sample: RunningSample;
  inFlight: number;
}

let database: TestDatabase;
let started: WalletForSample;
const behind: Server[] = [];
const waiting = new Set<{ readonly until: () => boolean; readonly goOn: () => void }>();

const whenever = (until: () => boolean): Promise<void> =>
  new Promise((goOn) => {
    if (until()) goOn();
    else waiting.add({ until, goOn });
  });

function oneIsAnswered(): void {
  for (const one of waiting) {
    if (!one.until()) continue;
    waiting.delete(one);
    one.goOn();
  }
}

beforeAll(async () => {
  [database, started] = [await createDatabase('postgres'), await startWalletForSample()];
});
afterAll(async () => {
  for (const { sample } of behind) await sample.stop();
  await started.wallet.stop();
  await database.drop();
});

const variables = (keys: string): NodeJS.ProcessEnv => ({
  ...started.variables,
  DATABASE_URL: database.url,
  VODAPAY_SEALING_KEYS: keys,
  VODAPAY_REVALIDATE_AFTER_MS: String(REVALIDATE_AFTER_MS),
});

/** As a deployment does it: the new server first, then the former one leaves the balancer and ends what it has begun. */
async function deploy(keys: string): Promise<void> {
  for (const former of behind.slice()) {
    behind.push({ sample: await startSample(variables(keys)), inFlight: 0 });
    behind.splice(behind.indexOf(former), 1);
    await whenever(() => former.inFlight === 0);
    await former.sample.stop();
  }
}

async function reseal(keys: string): Promise<object> {
  const app = await createApp(readEnvironment(variables(keys)), new SampleLogger());
  const report = await app.get(VodaPaySessionService).resealAll({ batchSize: 5 });
  await app.close();
  Logger.flush();
  return report;
}

/** A busy machine may keep a request waiting too long for the database; that refusal has nothing to do with keys. */
async function meOnceTheDatabaseAnswers(token: string, turn: number): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    const answer = await me(token, turn);
    const { code } = answer.body as { readonly code?: string };
    if (code !== 'VODAPAY_STORE_UNAVAILABLE' || tries === 5) return answer;
  }
}

async function me(token: string, turn: number): Promise<Answer> {
  const server = behind[turn % behind.length];
  if (server === undefined) throw new Error('No server is behind the balancer.');
  server.inFlight += 1;
  return send(server.sample.url, 'GET', '/me', { token }).finally(() => {
    server.inFlight -= 1;
    oneIsAnswered();
  });
}

it(
  `the sealing key of two servers changes in three deployments during ${REQUESTS} requests, and refuses none of them`,
  { timeout: 900_000 },
  async () => {
    for (let n = 0; n < 2; n += 1) behind.push({ sample: await startSample(variables(OLD)), inFlight: 0 });
    const [first] = behind;
    const tokens: string[] = [];
    for (const user of USERS) {
      const { session } = await login({ sample: first!.sample, wallet: started.wallet }, user);
      tokens.push(recordSecret('session token', session.token));
    }

    const done = { requests: 0, rotated: false };
    const refused: unknown[] = [];
    const client = async (): Promise<void> => {
      while (done.requests < REQUESTS || !done.rotated) {
        const turn = (done.requests += 1);
        // Now and then an access token expires: then a refresh stores tokens sealed anew beside the rotation.
        if (turn % 200 === 0) started.wallet.expire(USERS[turn % USERS.length] ?? '');
        const { status, body } = await meOnceTheDatabaseAnswers(tokens[turn % tokens.length] ?? '', turn);
        if (status !== 200) refused.push(body);
      }
    };
    const clients = Array.from({ length: CLIENTS }, client);
    const until = (share: number): Promise<void> => whenever(() => done.requests >= REQUESTS * share);
    await until(0.2);
    await deploy(`${OLD},${NEW}`);
    await until(0.4);
    await deploy(`${NEW},${OLD}`);
    await until(0.6);
    const report = await reseal(`${NEW},${OLD}`);
    await until(0.8);
    await deploy(NEW);
    done.rotated = true;
    await Promise.all(clients);

    expect(refused).toEqual([]);
    expect(report).toMatchObject({ unreadable: 0, finished: true });
    expect(done.requests).toBeGreaterThanOrEqual(REQUESTS);
    // Refreshes have stored tokens sealed anew beside the rotation, and the new key alone opens every one.
    const [row] = await behind[0]!.sample.dataSource.query<{ refreshes: string; resealed: string }[]>(
      "SELECT sum(token_version) AS refreshes, count(*) FILTER (WHERE access_token LIKE 'v1.new.%') AS resealed FROM vodapay_session",
    );
    expect(Number(row?.refreshes)).toBeGreaterThanOrEqual(Math.floor(REQUESTS / 400));
    expect(Number(row?.resealed)).toBe(USERS.length);
  },
);
