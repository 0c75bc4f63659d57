import { afterEach, describe, expect, it } from 'vitest';
import { recordSecret } from '../leaks/record-secret.js';
import { startMerchant, type Merchant, type MerchantSetUp } from './start-merchant.js';

const USER = '216610000000000000001';

let merchant: Merchant;
const start = async (setUp?: MerchantSetUp): Promise<Merchant> => (merchant = await startMerchant(setUp));
afterEach(() => merchant.close());

describe.each(['express', 'fastify'] as const)('A login on %s', (platform) => {
  it('makes the account the first time, finds it the next time, and opens a guarded route', async () => {
    await start({ platform });
    const first = await merchant.login(USER);
    const second = await merchant.login(USER);
    expect([first.status, first.body['outcome']]).toEqual([200, 'created']);
    expect([second.status, second.body['outcome']]).toEqual([200, 'existing']);
    expect(second.body['accountId']).toBe(first.body['accountId']);

    const me = await merchant.request('GET', '/me', { bearer: String(second.body['token']) });
    expect(me.status).toBe(200);
    expect(me.body).toMatchObject({
      accountId: first.body['accountId'],
      accountIdByName: first.body['accountId'],
      userId: USER,
      credential: 'session',
      linkedAt: merchant.clock.now,
    });
  });

  it('is refused with status, code, message, next and WWW-Authenticate', async () => {
    await start({ platform });
    const { status, headers, body } = await merchant.request('GET', '/me');
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toBe('Bearer');
    expect(body).toEqual({
      statusCode: 401,
      code: 'VODAPAY_CREDENTIALS_MISSING',
      message: expect.stringContaining('session token') as string,
      next: 'sign-in',
    });
  });
});

describe('The session token', () => {
  it('R8: is the only bearer that is taken, unless the operator switched access tokens on', async () => {
    await start();
    const { body } = await merchant.request('GET', '/me', { bearer: '0000000002SOMETOKEN' });
    expect(body['code']).toBe('VODAPAY_ACCESS_TOKEN_NOT_ACCEPTED');
    expect(merchant.wallet.calls).toHaveLength(0);
  });

  it('is stored as a hash, and the tokens of the wallet sealed', async () => {
    await start();
    const token = await merchant.signedIn(USER);
    const rows = JSON.stringify(await merchant.dataSource.query('SELECT * FROM vodapay_session'));
    expect(rows).not.toContain(token);
    expect(rows).not.toMatch(/0{9}[123]\w{30}/);
    expect(rows).toMatch(/v1\.derived-[0-9a-f]{12}\./);
  });

  it('ends with its lifetime', async () => {
    await start({ options: { session: { lifetimeMs: 60_000 } } });
    const bearer = await merchant.signedIn(USER);
    merchant.clock.now += 59_999;
    expect((await merchant.request('GET', '/me', { bearer })).status).toBe(200);
    merchant.clock.now += 1;
    expect((await merchant.request('GET', '/me', { bearer })).body['code']).toBe('VODAPAY_SESSION_INVALID');
  });

  it('unknown or malformed, is a 401', async () => {
    await start();
    for (const bearer of [`vps_${'a'.repeat(43)}`, 'vps_', 'vps_%00']) {
      const { status, body } = await merchant.request('GET', '/me', { bearer });
      expect([status, body['code']]).toEqual([401, 'VODAPAY_SESSION_INVALID']);
    }
  });
});

describe('A raw access token, switched on by the operator', () => {
  it('signs in without a session', async () => {
    await start({ options: { credentials: { accessToken: true } } });
    const bearer = await accessTokenOf(merchant);
    const { status, body } = await merchant.request('GET', '/me', { bearer });
    expect([status, body['credential'], body['outcome']]).toEqual([200, 'accessToken', 'created']);
    expect(await merchant.count('vodapay_session')).toBe(0);
  });
});

/** What a merchant who exchanges auth codes herself would hold. */
async function accessTokenOf({ wallet, inquiry }: Merchant): Promise<string> {
  const { accessToken } = await inquiry.applyToken(wallet.issueCode({ userId: USER }));
  return recordSecret('access token', accessToken);
}
