import { describe, expect, it, vi } from 'vitest';
import type { Refused } from '../../apps/sample/web/src/api/refused.js';
import { shopApi } from '../../apps/sample/web/src/api/shop-api.js';

describe('the mini program’s calls to the shop', () => {
  it('send the session token as bearer, and the one-time code in the body only', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => Response.json({}));
    const api = shopApi('https://shop.example/', fetch);
    await api.login('code-1');
    await api.me('vps_1');

    const [[loginUrl, login], [meUrl, me]] = fetch.mock.calls as [[string, RequestInit], [string, RequestInit]];
    expect([loginUrl, login.body]).toEqual(['https://shop.example/auth/vodapay/login', '{"authCode":"code-1"}']);
    expect([meUrl, me.headers]).toEqual(['https://shop.example/me', { authorization: 'Bearer vps_1' }]);
  });

  it.each([
    [new Response('<html>', { status: 502 }), { statusCode: 502, code: 'NO_JSON', next: 'retry', message: '' }],
    [new Response('', { status: 404 }), { statusCode: 404, code: 'NO_JSON', next: 'none', message: '' }],
    [
      Response.json({ code: 'X', next: 'retry', message: 'm' }, { status: 429, headers: { 'retry-after': '60' } }),
      { statusCode: 429, code: 'X', next: 'retry', message: 'm', retryAfterSeconds: 60 },
    ],
    [
      Response.json({ code: 'Y', next: 'dance', delivery: 'pigeon', ticket: 'vpt_1' }, { status: 409 }),
      { statusCode: 409, code: 'Y', next: 'none', message: '', ticket: 'vpt_1' },
    ],
  ])('take every refusal apart', async (answer, refusal) => {
    const api = shopApi('https://shop.example/', async () => answer);
    const thrown = await api.me('vps_1').catch((error: unknown) => error as Refused);
    expect((thrown as Refused).refusal).toEqual(refusal);
  });

  it('tell an answer that never comes from one that refuses', async () => {
    const api = shopApi('https://shop.example/', () => Promise.reject(new TypeError('fetch failed')));
    const thrown = await api.logout('vps_1').catch((error: unknown) => error as Refused);
    expect((thrown as Refused).refusal).toMatchObject({ statusCode: 0, code: 'UNREACHABLE', next: 'retry' });
  });
});
