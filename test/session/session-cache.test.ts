import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { LiveSession } from '../../libs/vodapay/src/session/live-session.js';
import { packSession, unpackSession } from '../../libs/vodapay/src/session/pack-session.js';
import { SessionCache } from '../../libs/vodapay/src/session/session-cache.js';

const NOW = 1_763_856_000_000;

function sessionNumber(n: number, more: Partial<LiveSession> = {}): LiveSession {
  const suffix = String(n).padStart(12, '0');
  return {
    id: `01920000-0000-7000-8000-${suffix}`,
    linkId: `01930000-0000-7000-8000-${suffix}`,
    accountId: `f47ac10b-58cc-4372-a567-${suffix}`,
    userId: `216610000${suffix}`,
    linkedAt: NOW,
    createdAt: NOW + 1,
    expiresAt: NOW + 2_592_000_000,
    validatedAt: NOW + 2,
    lastSeenAt: NOW + 3,
    scopes: 0x1fff,
    ...more,
  };
}

const hash = (n: number): string => createHash('sha256').update(String(n)).digest('hex');

function withResolver() {
  const resolvers: ((session: LiveSession) => void)[] = [];
  const promise = new Promise<LiveSession>((resolve) => resolvers.push(resolve));
  return { promise, resolve: (session: LiveSession) => resolvers.forEach((resolve) => resolve(session)) };
}

function cacheUnderTest(limits = {}) {
  const clock = { now: 100.5 };
  const cache = new SessionCache({ cacheMs: 1_000, ...limits }, () => clock.now);
  let reads = 0;
  const find = (n: number, session: LiveSession | undefined = sessionNumber(n)) =>
    cache.find(hash(n), async () => {
      reads += 1;
      return session;
    });
  return { cache, clock, find, reads: () => reads };
}

describe('A cached session', () => {
  it.each([
    {},
    { accountId: '42' },
    { accountId: 'käufer-ß-客' },
    { linkedAt: 0, lastSeenAt: 0 },
    { userId: 'a b,c|d' },
  ])('comes back as it was: %j', (more) => {
    expect(unpackSession(packSession(sessionNumber(7, more)))).toEqual(sessionNumber(7, more));
  });

  it('is read again when it is a second old, not before', async () => {
    const { clock, find, reads } = cacheUnderTest();
    await find(1);
    clock.now += 999;
    expect(await find(1)).toEqual(sessionNumber(1));
    expect(reads()).toBe(1);
    clock.now += 1;
    await find(1);
    expect(reads()).toBe(2);
  });

  it('is read once for many requests at the same time', async () => {
    const { find, reads } = cacheUnderTest();
    await Promise.all(Array.from({ length: 1_000 }, async () => find(1)));
    expect(reads()).toBe(1);
  });

  it.each([
    ['itself', (cache: SessionCache) => cache.forget(sessionNumber(1).id)],
    ['its account', (cache: SessionCache) => cache.forgetAccount(sessionNumber(1).accountId)],
    ['its link', (cache: SessionCache) => cache.forgetLink(sessionNumber(1).linkId)],
    ['its news', (cache: SessionCache) => cache.refresh(hash(1))],
  ])('is forgotten at once with %s, the others stay', async (_title, forget) => {
    const { cache, find, reads } = cacheUnderTest();
    await find(1);
    await find(2);
    expect([find(1), find(2)]).toEqual([sessionNumber(1), sessionNumber(2)]);
    forget(cache);
    await find(2);
    expect(reads()).toBe(2);
    await find(1);
    expect(reads()).toBe(3);
  });

  it('that ends while it is being read is not kept, and nobody who comes later gets that reading', async () => {
    const { cache } = cacheUnderTest();
    const { promise, resolve: answer } = withResolver();
    const early = cache.find(hash(1), () => promise);
    cache.forget(sessionNumber(1).id);
    const late = cache.find(hash(1), async () => undefined);
    answer(sessionNumber(1));
    expect([await early, await late]).toEqual([sessionNumber(1), undefined]);
    expect(await cache.find(hash(1), async () => undefined)).toBeUndefined();
  });

  it('is not kept when there is none, when reading failed, or when cacheMs is 0', async () => {
    const none = cacheUnderTest();
    await none.find(1, undefined);
    const failing = cacheUnderTest();
    await expect(failing.cache.find(hash(1), () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await failing.find(1)).toEqual(sessionNumber(1));
    const off = cacheUnderTest({ cacheMs: 0 });
    await off.find(1);
    await off.find(1);
    expect(off.reads()).toBe(2);
  });

  it('gives way to newer ones when there are too many', async () => {
    const { find, reads } = cacheUnderTest({ maxEntries: 2 });
    for (const n of [1, 2, 3]) await find(n);
    await find(3);
    await find(2);
    expect(reads()).toBe(3);
    await find(1);
    expect(reads()).toBe(4);
  });

  it('takes at most 300 bytes', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const count = 50_000;
    const cache = new SessionCache({ cacheMs: 1_000, maxEntries: count });
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let n = 0; n < count; n += 1) await cache.find(hash(n), async () => sessionNumber(n));
    collect();
    const bytes = (process.memoryUsage().heapUsed - before) / count;
    expect(bytes).toBeLessThanOrEqual(300);
    expect(await cache.find(hash(count - 1), async () => undefined)).toBeDefined();
  });

  it('takes no more when ten times as many as it keeps have come, each of them twice', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const maxEntries = 1_000;
    const cache = new SessionCache({ cacheMs: 1_000, maxEntries }, () => 0);
    const visit = async (n: number) => cache.find(hash(n), async () => sessionNumber(n));
    for (let n = 0; n < maxEntries; n += 1) await visit(n).then(() => visit(n));
    collect();
    const full = process.memoryUsage().heapUsed;
    for (let n = maxEntries; n < 10 * maxEntries; n += 1) await visit(n).then(() => visit(n));
    collect();
    expect(process.memoryUsage().heapUsed - full).toBeLessThan(100 * maxEntries);
  });
});
