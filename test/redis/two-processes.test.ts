import { generateKeyPairSync } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWallet, type RunningWallet } from '../../apps/wallet/src/start-wallet.js';
import { VODAPAY_ENTITIES, VODAPAY_MIGRATIONS, VodaPaySessionService } from 'nestjs-vodapay';
import { openDatabase, type OpenDatabase } from '../databases/open-database.js';
import { recordSecret } from '../leaks/record-secret.js';
import { signedTokens } from './signed-tokens.js';
import { MerchantModule } from './merchant-module.js';
import { MerchantProcess, type MerchantSettings } from './merchant-process.js';
import { RedisServer } from './redis-server.js';

const CLIENT_ID = '2021072700000000000001';
const USER = '216610000000000000001';

let redis: RedisServer;
let wallet: RunningWallet;
let database: OpenDatabase;
let settings: MerchantSettings;
let processes: readonly [MerchantProcess, MerchantProcess];

beforeAll(async () => {
  redis = await RedisServer.start();
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  wallet = await startWallet({ clientId: CLIENT_ID, merchantPublicKey: keys.publicKey, slowMs: 500 });
  database = await openDatabase('sqlite', { entities: [...VODAPAY_ENTITIES], migrations: [...VODAPAY_MIGRATIONS] });
  settings = {
    databaseUrl: database.url,
    baseUrl: wallet.url,
    clientId: CLIENT_ID,
    privateKey: keys.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    vodapayPublicKey: wallet.publicKey,
    redis: redis.url,
  };
  processes = [await MerchantProcess.start(settings), await MerchantProcess.start(settings)];
});

afterAll(async () => {
  await Promise.all((processes ?? []).map((merchant) => merchant.end()));
  await wallet?.stop();
  await database?.close();
  await redis?.remove();
});

const inquiries = (): number => wallet.calls.filter(({ operation }) => operation === 'inquiryUserInfo').length;

it.each([
  ['answers at once', undefined],
  ['takes half a second', 'inquiry:slow'],
] as const)(
  'One fresh access token that 64 parallel requests bring to two processes is asked about once: a wallet that %s',
  async (_title, fault) => {
    const bearer = await signedTokens(settings, wallet.issueCode({ userId: USER }));
    if (fault !== undefined) wallet.faults.add({ userId: USER, fault });
    const before = inquiries();
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, n) => processes[n % 2 === 0 ? 0 : 1].request('GET', '/me', { bearer })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(inquiries() - before).toBe(1);
  },
);

async function signedIn(): Promise<{
  readonly bearer: string;
  readonly sessionId: string;
  readonly accountId: string;
}> {
  const body = { authCode: wallet.issueCode({ userId: USER }) };
  const answer = await processes[0].request('POST', '/login', { body });
  const { token, sessionId, accountId } = answer.body as Record<string, string>;
  return { bearer: recordSecret('session token', token ?? ''), sessionId: sessionId ?? '', accountId: accountId ?? '' };
}

const statusAt = async (which: 0 | 1, bearer: string): Promise<number> =>
  (await processes[which].request('GET', '/me', { bearer })).status;

/** Milliseconds from now until the other process refuses the session. */
async function refusedAfter(bearer: string): Promise<number> {
  const startedAt = performance.now();
  while ((await statusAt(1, bearer)) === 200);
  return performance.now() - startedAt;
}

/** Ends the row behind both processes' backs, and tells how long the other one still serves it. */
async function servedUnheard(bearer: string, sessionId: string): Promise<number> {
  expect(await statusAt(1, bearer)).toBe(200);
  await database.dataSource.query(`DELETE FROM vodapay_session WHERE id = '${sessionId}'`);
  return refusedAfter(bearer);
}

it('A session that one process ends is refused by the other at once, though it reads it every ten seconds only', async () => {
  const longLived = await signedIn();
  const unheard = await servedUnheard(longLived.bearer, longLived.sessionId);
  expect(unheard).toBeGreaterThan(2_000);
  expect(unheard).toBeLessThan(12_000);
  for (const path of ['sessions', 'accounts']) {
    const { bearer, sessionId, accountId } = await signedIn();
    expect(await statusAt(1, bearer)).toBe(200);
    await processes[0].request(
      'POST',
      `/${path}/${path === 'sessions' ? sessionId : accountId}/${path === 'sessions' ? 'end' : 'sessions/end'}`,
    );
    expect(await refusedAfter(bearer)).toBeLessThan(500);
  }
});

it('What a script ends that is done before it has reached Redis is refused by the servers soon', async () => {
  const { bearer, accountId } = await signedIn();
  expect(await statusAt(1, bearer)).toBe(200);
  const script = await NestFactory.createApplicationContext(await MerchantModule.of(settings), { logger: false });
  await script.get(VodaPaySessionService, { strict: false }).endSessions(accountId);
  await script.close();
  expect(await refusedAfter(bearer)).toBeLessThan(1_500);
});

it.each([
  ['killed', () => redis.kill(), () => redis.begin()],
  ['stopped', async () => redis.pause(), async () => redis.goOn()],
] as const)(
  'With Redis %s an ended session is refused by the other process within a second',
  async (_title, lose, bringBack) => {
    const { bearer, sessionId } = await signedIn();
    expect(await statusAt(1, bearer)).toBe(200);
    await lose();
    await processes[0].request('POST', `/sessions/${sessionId}/end`);
    expect(await refusedAfter(bearer)).toBeLessThan(1_500);
    await bringBack();
    // Ends are heard of again.
    await expect
      .poll(
        async () => {
          const again = await signedIn();
          return servedUnheard(again.bearer, again.sessionId);
        },
        { timeout: 60_000 },
      )
      .toBeGreaterThan(2_000);
  },
);

it('A process that is told to end leaves Redis and ends by itself', async () => {
  const third = await MerchantProcess.start(settings);
  const connections = () => redis.asOperator(async (client) => String(await client.client('LIST')).split('\n').length);
  const before = await connections();
  expect(await third.end('SIGTERM')).toBe(null);
  await expect.poll(connections).toBe(before - 2);
});
