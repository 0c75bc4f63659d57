import { describe, expect, it } from 'vitest';
import { authCode, login, send } from './client.js';
import { useSample } from './use-sample.js';

const LIMIT = 20;

const shop = useSample(() => ({ FAILED_LOGINS_PER_MINUTE: String(LIMIT), TRUST_PROXY: 'loopback' }));

const bring = (code: string, address: string) =>
  send(shop.sample.url, 'POST', '/auth/vodapay/login', {
    json: { authCode: code },
    headers: { 'x-forwarded-for': address },
  });

describe('an address that floods the login with bad codes', () => {
  it('is refused with 429, code and Retry-After, and VodaPay hears no more of it', async () => {
    for (let index = 0; index <= LIMIT; index += 1) {
      expect(await bring(`BAD-CODE-${index}`, '192.0.2.1')).toMatchObject({ status: 401 });
    }
    const heard = shop.wallet.calls.length;
    const refused = await bring('BAD-CODE-MORE', '192.0.2.1');
    expect(refused).toMatchObject({ status: 429, body: { code: 'VODAPAY_TOO_MANY_ATTEMPTS', next: 'retry' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(shop.wallet.calls.length).toBe(heard);
  });

  it('hinders nobody at another address', async () => {
    expect(await bring(await authCode(shop.wallet, 'flooded-1'), '192.0.2.2')).toMatchObject({ status: 200 });
    expect(await login(shop, 'flooded-2')).toMatchObject({ outcome: 'created' });
  });
});

describe('good logins', () => {
  it('do not count, however many come from one address', async () => {
    const codes = await Promise.all(Array.from({ length: LIMIT * 2 }, () => authCode(shop.wallet, 'flooded-3')));
    for (const code of codes) expect(await bring(code, '192.0.2.3')).toMatchObject({ status: 200 });
  });
});
