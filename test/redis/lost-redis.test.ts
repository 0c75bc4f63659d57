import { Logger } from '@nestjs/common';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { VodaPaySessionService } from 'nestjs-vodapay';
import { startMerchant, type Merchant } from '../login/start-merchant.js';
import { recordSecret } from '../leaks/record-secret.js';
import { fakeRedis } from './fake-redis.js';
import { RedisServer } from './redis-server.js';

const USERS = Array.from({ length: 40 }, (_, n) => `2166109000000000${String(n).padStart(5, '0')}`);

afterEach(() => vi.restoreAllMocks());

const losses = (warn: { readonly mock: { readonly calls: readonly (readonly unknown[])[] } }): readonly unknown[] =>
  warn.mock.calls.filter(([line]) => String(line).includes("Redis can't be used"));

async function redisServer(...settings: readonly string[]): Promise<RedisServer> {
  const redis = await RedisServer.start(...settings);
  onTestFinished(() => redis.remove());
  return redis;
}

async function merchantWith(redis: string): Promise<Merchant> {
  const merchant = await startMerchant({ options: { credentials: { accessToken: true }, coordination: { redis } } });
  onTestFinished(() => merchant.close());
  return merchant;
}

async function accessToken(merchant: Merchant, userId: string): Promise<string> {
  const { accessToken: token } = await merchant.inquiry.applyToken(merchant.wallet.issueCode({ userId }));
  return recordSecret('access token', token);
}

/** Logins by auth code and by access token in turn, `parallel` at a time; returns the refusals. */
async function signIn(
  merchant: Merchant,
  {
    logins,
    parallel,
    tokens,
    halfway,
  }: { logins: number; parallel: number; tokens: readonly string[]; halfway?: () => void },
): Promise<readonly string[]> {
  const refusals: string[] = [];
  let begun = 0;
  const worker = async (): Promise<void> => {
    while (begun < logins) {
      const n = begun++;
      if (n === logins / 2) halfway?.();
      const { status, body } =
        n % 10 === 0
          ? await merchant.login(USERS[n % USERS.length] ?? '')
          : await merchant.request('GET', '/me', { bearer: tokens[n % tokens.length] ?? '' });
      if (status !== 200) refusals.push(`${n}: ${status} ${String(body['code'])}`);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return refusals;
}

it('10,000 logins with Redis killed in the middle: none fails, and its loss is logged once', async () => {
  const warn = vi.spyOn(Logger.prototype, 'warn');
  const redis = await redisServer();
  const merchant = await merchantWith(redis.url);
  const tokens = await Promise.all(USERS.map((userId) => accessToken(merchant, userId)));
  const inquiries = vi.spyOn(merchant.inquiry, 'inquiryUserInfo').mock.calls;
  let inquiriesAtHalf = 0;
  let lossesAtHalf = 0;
  const refusals = await signIn(merchant, {
    logins: 10_000,
    parallel: 32,
    tokens,
    halfway: () => {
      inquiriesAtHalf = inquiries.length;
      lossesAtHalf = losses(warn).length;
      void redis.kill();
    },
  });
  expect(refusals).toEqual([]);
  // A starved machine may take Redis for lost before it is.
  expect(losses(warn).length).toBeGreaterThanOrEqual(1);
  expect(losses(warn).length - lossesAtHalf).toBeLessThanOrEqual(1);
  // Shared for as long as Redis was there, asked for each afterwards.
  expect(inquiriesAtHalf).toBeLessThan(inquiries.length - inquiriesAtHalf);
}, 300_000);

describe('A Redis that', () => {
  const longest = 50 + 400;

  async function staysRight(url: string): Promise<void> {
    const warn = vi.spyOn(Logger.prototype, 'warn');
    const merchant = await merchantWith(url);
    const tokens = await Promise.all(USERS.slice(0, 4).map((userId) => accessToken(merchant, userId)));
    const token = await merchant.signedIn(USERS[0] ?? '');
    expect(await signIn(merchant, { logins: 100, parallel: 4, tokens })).toEqual([]);
    const startedAt = performance.now();
    expect((await merchant.request('GET', '/me', { bearer: tokens[0] ?? '' })).status).toBe(200);
    expect((await merchant.request('GET', '/me', { bearer: token })).status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(longest);
    // A start may take a second before it counts as an outage.
    await expect.poll(() => losses(warn).length, { timeout: 10_000 }).toBe(1);
  }

  it.each([
    ['accepts and never answers', undefined],
    ['is loading', '-LOADING Redis is loading the dataset in memory\r\n'],
    ['asks for a password', '-NOAUTH Authentication required.\r\n'],
    ['is no Redis', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
  ])('%s is done without', async (_title, answer) => {
    const fake = await fakeRedis(answer);
    onTestFinished(() => fake.close());
    await staysRight(fake.url);
  });

  it('refuses the password is done without', async () => {
    const redis = await redisServer('--requirepass', 'right');
    await staysRight(redis.url.replace('//', '//:wrong@'));
  });

  it('is a replica that takes no values is done without', async () => {
    const redis = await redisServer('--replicaof', '127.0.0.1', '1', '--replica-serve-stale-data', 'yes');
    await staysRight(redis.url);
  });

  it('is not there is done without', async () => {
    const redis = await redisServer();
    await redis.kill();
    await staysRight(redis.url);
  });

  it('stops in the middle delays one request by some tens of milliseconds, the next by nothing, and is used again', async () => {
    const redis = await redisServer();
    const merchant = await merchantWith(redis.url);
    const tokens = await Promise.all(USERS.slice(0, 4).map((userId) => accessToken(merchant, userId)));
    await signIn(merchant, { logins: 40, parallel: 4, tokens });
    const inquiries = vi.spyOn(merchant.inquiry, 'inquiryUserInfo').mock.calls;
    redis.pause();
    expect(await signIn(merchant, { logins: 100, parallel: 4, tokens })).toEqual([]);
    redis.goOn();
    await expect
      .poll(
        async () => {
          const before = inquiries.length;
          await signIn(merchant, { logins: 8, parallel: 1, tokens: tokens.slice(0, 1) });
          return inquiries.length - before;
        },
        { timeout: 20_000 },
      )
      .toBeLessThanOrEqual(4);
  });

  it('is flushed in the middle costs no login', async () => {
    const redis = await redisServer();
    const merchant = await merchantWith(redis.url);
    const tokens = await Promise.all(USERS.slice(0, 4).map((userId) => accessToken(merchant, userId)));
    const flushing = redis.asOperator(async (client) => {
      for (let n = 0; n < 200; n += 1) await client.flushall();
    });
    expect(await signIn(merchant, { logins: 400, parallel: 8, tokens })).toEqual([]);
    await flushing;
  });
});

describe('What stands in Redis', () => {
  it('is hashed or sealed: no token, code, user or contact can be read in it', async () => {
    const redis = await redisServer();
    const seen: string[] = [];
    await redis.asOperator(async (client) => {
      const monitor = await client.monitor();
      monitor.on('monitor', (_time: string, command: readonly string[]) => seen.push(command.join(' ')));
      const merchant = await merchantWith(redis.url);
      const [userId = ''] = USERS;
      const bearer = await accessToken(merchant, userId);
      const { body } = await merchant.request('GET', '/me', { bearer });
      const token = await merchant.signedIn(userId);
      await merchant.app.get(VodaPaySessionService, { strict: false }).endSessions(String(body['accountId']));
      expect((await merchant.request('GET', '/me', { bearer: token })).status).toBe(401);
      await expect.poll(() => seen.some((line) => line.startsWith('publish'))).toBe(true);
      expect(seen.some((line) => line.startsWith('set '))).toBe(true);
      const secrets = [bearer, token, userId, String(body['accountId']), String(body['linkId'])];
      const said = seen.join('\n');
      expect(secrets.filter((secret) => secret === 'undefined' || said.includes(secret))).toEqual([]);
      expect(said).not.toMatch(/@|27\d{9}|userInfo|accessToken/);
      monitor.disconnect();
    });
  });

  it('may be written by a stranger: garbage under the keys and on the channels changes no answer', async () => {
    const redis = await redisServer();
    const merchant = await merchantWith(redis.url);
    const [userId = ''] = USERS;
    const bearer = await accessToken(merchant, userId);
    const token = await merchant.signedIn(userId);
    expect((await merchant.request('GET', '/me', { bearer })).status).toBe(200);
    await redis.asOperator(async (stranger) => {
      const keys = await stranger.keys('nestjs-vodapay:*');
      expect(keys).toHaveLength(1);
      const channels = (await stranger.pubsub('CHANNELS', 'nestjs-vodapay:*')) as string[];
      expect(channels).toHaveLength(2);
      for (const poison of ['', '{}', 'v1.x.y.z.a', '{"kind":"user","userInfo":{"userId":"1"}}']) {
        for (const key of keys) await stranger.set(key, poison);
        for (const channel of channels) await stranger.publish(channel, poison);
        const { status, body } = await merchant.request('GET', '/me', { bearer });
        expect([status, body['userId']]).toEqual([200, userId]);
        expect((await merchant.request('GET', '/me', { bearer: token })).status).toBe(200);
      }
      const sealed = await stranger.get(keys[0] ?? '');
      expect(sealed).toBe('{"kind":"user","userInfo":{"userId":"1"}}');
    });
  });
});
