import { createSecretKey, randomBytes } from 'node:crypto';
import {
  SecretBox,
  VodaPayError,
  VodaPaySessionService,
  VodaPayStrategy,
  type SealedPlace,
  type VodaPayPrincipal,
} from 'nestjs-vodapay';
import { afterEach, describe, expect, it } from 'vitest';
import { AesSecretBox } from '../../libs/vodapay/src/session/aes-secret-box.js';
import { recordSecret } from '../leaks/record-secret.js';
import type { Answer } from './send-json.js';
import { startMerchant, type Merchant, type MerchantSetUp } from './start-merchant.js';

const USER = '216610000000000000001';
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** No revalidation gets in the way. */
const CALM = { revalidateAfterMs: 31_536_000_000 };

let merchant: Merchant;
let sessions: VodaPaySessionService;
const start = async (session: NonNullable<MerchantSetUp['options']>['session'] = {}): Promise<void> => {
  merchant = await startMerchant({ options: { session: { ...CALM, ...session } } });
  sessions = merchant.app.get(VodaPaySessionService, { strict: false });
};
afterEach(() => merchant.close());

const me = (bearer: string): Promise<Answer> => merchant.request('GET', '/me', { bearer });
const status = async (bearer: string): Promise<number> => (await me(bearer)).status;
const sessionIdOf = async (bearer: string): Promise<string> =>
  ((await me(bearer)).body['session'] as { readonly id: string }).id;
const accountIdOf = async (bearer: string): Promise<string> => String((await me(bearer)).body['accountId']);
const lastSeen = async (): Promise<number> => {
  const [row] = await merchant.dataSource.query<{ last_seen_at: number }[]>('SELECT last_seen_at FROM vodapay_session');
  return Number(row?.last_seen_at);
};

describe('A session that nobody uses', () => {
  it('ends when it was idle for idleMs, to the minute', async () => {
    await start({ idleMs: 10 * MINUTE_MS });
    const bearer = await merchant.signedIn(USER);
    merchant.clock.now += 11 * MINUTE_MS - 1;
    expect(await status(bearer)).toBe(200);
    await expect.poll(lastSeen).toBe(merchant.clock.now);
    merchant.clock.now += 11 * MINUTE_MS;
    expect((await me(bearer)).body['code']).toBe('VODAPAY_SESSION_INVALID');
  });

  it('ends after seven days unless configured', async () => {
    await start();
    const bearer = await merchant.signedIn(USER);
    merchant.clock.now += 7 * DAY_MS;
    expect(await status(bearer)).toBe(200);
    await expect.poll(lastSeen).toBe(merchant.clock.now);
    merchant.clock.now += 7 * DAY_MS + MINUTE_MS;
    expect(await status(bearer)).toBe(401);
  });

  it('I6: is stamped once a minute, however often it is used', async () => {
    await start();
    const bearer = await merchant.signedIn(USER);
    const opened = merchant.clock.now;
    merchant.clock.now += MINUTE_MS - 1;
    await Promise.all(Array.from({ length: 20 }, () => status(bearer)));
    expect(await lastSeen()).toBe(opened);
    merchant.clock.now += 1;
    await Promise.all(Array.from({ length: 20 }, () => status(bearer)));
    await expect.poll(lastSeen).toBe(opened + MINUTE_MS);
  });

  it('is taken out of the table by purgeExpired, as an expired one is', async () => {
    await start({ idleMs: 10 * MINUTE_MS, lifetimeMs: 60 * MINUTE_MS });
    await merchant.signedIn(USER);
    merchant.clock.now += 11 * MINUTE_MS;
    const used = await merchant.signedIn('216610000000000000002');
    expect(await sessions.purgeExpired()).toBe(1);
    expect(await status(used)).toBe(200);
    merchant.clock.now += 60 * MINUTE_MS;
    expect(await sessions.purgeExpired({ limit: 1 })).toBe(1);
    expect(await merchant.count('vodapay_session')).toBe(0);
  });
});

describe('An account', () => {
  it('sees its live sessions, the newest first, without a token', async () => {
    await start({ lifetimeMs: 60 * MINUTE_MS });
    await merchant.signedIn(USER);
    merchant.clock.now += 30 * MINUTE_MS;
    const bearer = await merchant.signedIn(USER);
    const accountId = await accountIdOf(bearer);
    const newer = {
      id: await sessionIdOf(bearer),
      createdAt: merchant.clock.now,
      lastSeenAt: merchant.clock.now,
      expiresAt: merchant.clock.now + 60 * MINUTE_MS,
    };
    expect((await sessions.list(accountId)).map(({ createdAt }) => createdAt)).toEqual([
      merchant.clock.now,
      merchant.clock.now - 30 * MINUTE_MS,
    ]);
    merchant.clock.now += 30 * MINUTE_MS;
    expect(await sessions.list(accountId)).toEqual([newer]);
  });

  it('R24: signs out everywhere at once with endSessions, and others stay', async () => {
    await start();
    const bearers = [await merchant.signedIn(USER), await merchant.signedIn(USER)];
    const other = await merchant.signedIn('216610000000000000002');
    const accountId = await accountIdOf(bearers[0] ?? '');
    const told: unknown[] = [];
    sessions.ended$.subscribe((end) => told.push(end));
    await sessions.endSessions(accountId);
    expect(await Promise.all(bearers.map(status))).toEqual([401, 401]);
    expect(await status(other)).toBe(200);
    expect(told).toEqual([{ kind: 'account', accountId }]);
  });

  it('R24: that is disabled, its sessions ended, while a login is under way gets none from that login', async () => {
    await start();
    await merchant.signedIn(USER);
    const find = merchant.accounts.find.bind(merchant.accounts);
    merchant.accounts.find = async (id) => {
      merchant.accounts.find = find;
      const known = await find(id);
      merchant.accounts.accounts.forEach((account) => (account.state = 'disabled'));
      await sessions.endSessions(id);
      return known;
    };
    const { status: refused, body } = await merchant.login(USER);
    expect([refused, body['code']]).toEqual([403, 'VODAPAY_ACCOUNT_DISABLED']);
    expect(await merchant.count('vodapay_session')).toBe(0);
  });

  it('has no more sessions than maxPerAccount: a further sign-in ends the oldest', async () => {
    await start({ maxPerAccount: 2 });
    const bearers: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      bearers.push(await merchant.signedIn(USER));
      merchant.clock.now += 1;
    }
    expect(await Promise.all(bearers.map(status))).toEqual([401, 200, 200]);
    await Promise.all(Array.from({ length: 10 }, () => merchant.login(USER)));
    expect(await merchant.count('vodapay_session')).toBe(2);
  });

  it('the session just opened is never the one that maxPerAccount ends, though the clock of this process is behind', async () => {
    await start({ maxPerAccount: 1 });
    const elsewhere = await merchant.signedIn(USER);
    merchant.clock.now -= MINUTE_MS;
    const here = await merchant.signedIn(USER);
    expect([await status(elsewhere), await status(here)]).toEqual([401, 200]);
  });
});

describe('A session that gains rights', () => {
  it('gets a new token by rotate; the former one is worth nothing at once', async () => {
    await start();
    const former = await merchant.signedIn(USER);
    const id = await sessionIdOf(former);
    const { token, ...rest } = await sessions.rotate(id);
    recordSecret('session token', token);
    expect(rest).toEqual({ id, expiresAt: merchant.clock.now + 30 * DAY_MS });
    expect([await status(former), await status(token)]).toEqual([401, 200]);
    expect(await sessionIdOf(token)).toBe(id);
  });

  it('gets none when it is unknown, ended or expired', async () => {
    await start({ lifetimeMs: MINUTE_MS });
    const id = await sessionIdOf(await merchant.signedIn(USER));
    const invalid = { code: 'VODAPAY_SESSION_INVALID' };
    await expect(sessions.rotate('01920000-0000-7000-8000-000000000000')).rejects.toMatchObject(invalid);
    merchant.clock.now += MINUTE_MS;
    await expect(sessions.rotate(id)).rejects.toMatchObject(invalid);
  });
});

describe('A session in the cache', () => {
  it('gives its principal at once, frozen through and through, and none as soon as it ends', async () => {
    await start();
    const bearer = await merchant.signedIn(USER);
    const strategy = merchant.app.get(VodaPayStrategy, { strict: false });
    const resume = () => strategy.identify({ authorization: `Bearer ${bearer}` }, {});
    const read = await resume();
    const [one, other] = [resume(), resume()];
    expect(one).toEqual(read);
    expect(other).toBe(one);
    const { scopes, session } = one as VodaPayPrincipal;
    expect([one, scopes, session].map((part) => Object.isFrozen(part))).toEqual([true, true, true]);
    await sessions.endSessions((one as VodaPayPrincipal).accountId);
    await expect(resume()).rejects.toMatchObject({ code: 'VODAPAY_SESSION_INVALID' });
  });

  it('that another process ended is refused within a second', async () => {
    await start();
    const bearer = await merchant.signedIn(USER);
    expect(await status(bearer)).toBe(200);
    const endedAt = performance.now();
    await merchant.dataSource.query('DELETE FROM vodapay_session');
    await expect.poll(() => status(bearer), { interval: 20, timeout: 3_000 }).toBe(401);
    expect(performance.now() - endedAt).toBeLessThan(1_500);
  });

  it('is not kept at all with cacheMs 0', async () => {
    await start({ cacheMs: 0 });
    const bearer = await merchant.signedIn(USER);
    expect(await status(bearer)).toBe(200);
    await merchant.dataSource.query('DELETE FROM vodapay_session');
    expect(await status(bearer)).toBe(401);
  });
});

describe('An application that issues sessions of its own (sessions: false)', () => {
  it('gets a principal without a session, stores no token, and takes no session token', async () => {
    merchant = await startMerchant({ options: { sessions: false } });
    const { status: signedIn, body } = await merchant.login(USER);
    expect([signedIn, body['outcome'], body['token']]).toEqual([200, 'created', undefined]);
    expect(await merchant.count('vodapay_session')).toBe(0);
    const refused = await me(`vps_${'a'.repeat(43)}`);
    expect([refused.status, refused.body['code']]).toEqual([401, 'VODAPAY_CREDENTIALS_MISSING']);
  });
});

/** A key service that can be away. */
class KeyService extends SecretBox {
  away = false;
  private readonly box = new AesSecretBox(new Map([['kms', createSecretKey(randomBytes(32))]]));

  override seal(secret: string, place: SealedPlace): Promise<string> {
    return this.answer(() => this.box.seal(secret, place));
  }

  override open(sealed: string, place: SealedPlace): Promise<string> {
    return this.answer(() => this.box.open(sealed, place));
  }

  override isCurrent(sealed: string): boolean {
    return this.box.isCurrent(sealed);
  }

  private async answer(work: () => Promise<string>): Promise<string> {
    if (this.away) throw new Error('ECONNREFUSED');
    return work();
  }
}

describe('A key service in the place of the sealing keys (session.secretBox)', () => {
  it('seals and opens; while it is away logins are 503, and sessions serve on as when the wallet is away', async () => {
    const secretBox = new KeyService();
    await start({ secretBox, revalidateAfterMs: 300_000, staleIfErrorMs: 3_600_000 });
    const bearer = await merchant.signedIn(USER);
    const [row] = await merchant.dataSource.query<{ access_token: string }[]>('SELECT * FROM vodapay_session');
    expect(row?.access_token).toMatch(/^v1\.kms\./);
    merchant.clock.now += 300_000;
    expect(await status(bearer)).toBe(200);
    secretBox.away = true;
    merchant.clock.now += 300_000;
    expect(await status(bearer)).toBe(200);
    const refused = await merchant.login(USER);
    expect([refused.status, refused.body['code'], refused.body['next']]).toEqual([
      503,
      'VODAPAY_KEY_SERVICE_UNAVAILABLE',
      'new-auth-code',
    ]);
    merchant.clock.now += 3_600_000;
    expect(await status(bearer)).toBe(503);
  });

  it('that calls a text unreadable signs nobody in', async () => {
    const secretBox = new KeyService();
    await start({ secretBox, revalidateAfterMs: 300_000 });
    const bearer = await merchant.signedIn(USER);
    secretBox.open = () => Promise.reject(new VodaPayError('VODAPAY_SEALED_TOKEN_UNREADABLE'));
    merchant.clock.now += 300_000;
    expect((await me(bearer)).body['code']).toBe('VODAPAY_SEALED_TOKEN_UNREADABLE');
  });
});
