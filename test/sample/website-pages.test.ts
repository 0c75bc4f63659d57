import { describe, expect, it, onTestFinished } from 'vitest';
import { Browser } from './browser.js';
import { authCode, send } from './client.js';
import { useSample } from './use-sample.js';
import { emailOf, PASSWORD } from './website-customer.js';

const shop = useSample();

async function registered(userId: string): Promise<Browser> {
  const browser = new Browser(shop.sample);
  await browser.post('/website/register', { email: emailOf(userId), password: PASSWORD });
  return browser;
}

describe('the website', () => {
  it('sets a cookie that no script reads and no other site sends', async () => {
    const { setCookie } = await registered('cookie-1');
    expect(setCookie).toMatch(/^website_session=[\w-]{43}; Max-Age=\d+; Path=\/website; .*HttpOnly; SameSite=Strict$/);
  });

  it('takes no form of another site, and has browsers say from which site a form comes', async () => {
    const browser = new Browser(shop.sample);
    // Under `no-referrer` a browser sends `Origin: null` with every form.
    expect((await browser.get('/website')).headers.get('referrer-policy')).toBe('same-origin');
    const fields = { email: emailOf('csrf'), password: PASSWORD };

    expect((await browser.post('/website/register', fields, 'https://evil.example')).status).toBe(403);
    expect((await browser.post('/website/register', fields, 'null')).status).toBe(403);
  });

  it('refuses a wrong password, an unknown e-mail and a second registration', async () => {
    const browser = await registered('twice');
    const post = async (path: string, email: string, password: string): Promise<number> =>
      (await browser.post(`/website/${path}`, { email, password })).status;

    const refused = await browser.post('/website/login', { email: emailOf('twice'), password: 'something else' });
    expect([refused.status, refused.headers.get('content-type'), refused.text]).toEqual([
      401,
      expect.stringContaining('text/html'),
      expect.stringContaining('E-mail or password is wrong'),
    ]);
    expect(await post('login', emailOf('nobody'), PASSWORD)).toBe(401);
    expect(await post('register', emailOf('twice'), PASSWORD)).toBe(409);
    expect(await post('register', 'no e-mail', PASSWORD)).toBe(400);
  });

  it('takes forms under /website only: the login takes no form', async () => {
    const answer = await fetch(`${shop.sample.url}/auth/vodapay/login`, {
      method: 'POST',
      body: new URLSearchParams({ authCode: await authCode(shop.wallet, 'form-login') }),
    });
    expect(answer.status).toBe(401);
  });

  it('shows its outbox to this machine only, and in development only', async () => {
    const proxied = await fetch(`${shop.sample.url}/development/outbox`, {
      headers: { 'x-forwarded-for': '127.0.0.1' },
    });
    expect(proxied.status).toBe(404);
    expect((await send(shop.sample.url, 'GET', '/development/outbox')).status).toBe(200);
    process.env['NODE_ENV'] = 'production';
    onTestFinished(() => void (process.env['NODE_ENV'] = 'test'));
    expect((await send(shop.sample.url, 'GET', '/development/outbox')).status).toBe(404);
  });
});
