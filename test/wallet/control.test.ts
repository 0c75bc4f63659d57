import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWallet, type RunningWallet } from '../../apps/wallet/src/start-wallet.js';
import { applyToken, CLIENT_ID, inquire, MERCHANT } from './merchant-client.js';

let wallet: RunningWallet;
beforeAll(async () => {
  wallet = await startWallet({
    clientId: CLIENT_ID,
    merchantPublicKey: MERCHANT.publicKey,
    miniProgramUrl: 'http://127.0.0.1:3999/shop',
  });
});
afterAll(() => wallet.stop());

const post = (path: string, body: unknown): Promise<Response> =>
  fetch(wallet.controlUrl + path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
const messageOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { message: string }).message;

describe('The control port', () => {
  it('gives a code and nothing else, for any user id of a valid shape', async () => {
    const response = await post('/codes', { userId: 'anybody@all:1' });
    expect(response.status).toBe(200);
    const reply = (await response.json()) as { authCode: string };
    expect(Object.keys(reply)).toEqual(['authCode']);
    const tokens = (await applyToken(wallet.url, reply.authCode)).json;
    expect(tokens['customerId']).toBe('anybody@all:1');
  });

  it('gives a code with scopes and with a fault', async () => {
    const { authCode } = (await (
      await post('/codes', { userId: 'a', scopes: ['auth_base'], fault: 'inquiry:traffic' })
    ).json()) as { authCode: string };
    const token = (await applyToken(wallet.url, authCode)).json['accessToken'];
    expect((await inquire(wallet.url, token)).json.result.resultCode).toBe('REQUEST_TRAFFIC_EXCEED_LIMIT');
  });

  it.each<readonly [string, string, unknown, RegExp]>([
    ['no JSON', '/codes', '{', /not JSON/],
    ['no object', '/codes', [], /must be a JSON object/],
    ['no user id', '/codes', {}, /userId must be a string/],
    ['a numeric user id', '/codes', { userId: 5 }, /userId must be a string/],
    ['a blank in the user id', '/codes', { userId: 'a b' }, /without blanks/],
    ['a user id too long', '/codes', { userId: 'a'.repeat(65) }, /1 to 64/],
    ['empty scopes', '/codes', { userId: 'a', scopes: [] }, /scopes must be/],
    ['numeric scopes', '/codes', { userId: 'a', scopes: [1] }, /scopes must be/],
    [
      'an unknown fault',
      '/codes',
      { userId: 'a', fault: 'toString' },
      /Unknown fault "toString"\. Known: .*bad-signature/,
    ],
    ['a fault of no text', '/codes', { userId: 'a', fault: 1 }, /fault must be a string/],
    ['a rule without fault', '/faults', { userId: 'a' }, /fault is missing/],
    ['a rule for nobody', '/faults', { fault: 'U' }, /which calls/],
    ['a rule for no operation', '/faults', { operation: 'pay', fault: 'U' }, /operation must be one of applyToken/],
    ['a rule that cannot be', '/faults', { operation: 'applyToken', fault: 'no-user-id' }, /is for inquiry, not token/],
    ['a rule for 0 times', '/faults', { userId: 'a', fault: 'U', times: 0 }, /times must be/],
    [
      'a rule for another call than its fault',
      '/faults',
      { operation: 'inquiry', fault: 'refresh:U' },
      /is for refresh, not inquiry/,
    ],
    ['a field of no code', '/codes', { userId: 'a', faut: 'U' }, /"faut" is no field of POST \/codes\. Known: userId/],
    ['a field of no rule', '/faults?tmes=1', { userId: 'a', fault: 'U' }, /"tmes" is no field of POST \/faults/],
    ['a field of no user', '/users', { userId: 'a', nickName: 'A' }, /"nickName" is no field of POST \/users/],
    ['no user to revoke', '/revoke', {}, /userId/],
  ])('refuses %s with 400 and a clear message', async (_, path, body, message) => {
    const response = await post(path, body);
    expect(response.status).toBe(400);
    expect(await messageOf(response)).toMatch(message);
  });

  it('refuses a body that is too large, and a route that is none', async () => {
    expect((await post('/codes', `{"userId":"${'a'.repeat(20_000)}"}`)).status).toBe(413);
    expect((await post('/nothing', {})).status).toBe(404);
    expect((await fetch(`${wallet.controlUrl}/../package.json`)).status).toBe(404);
  });

  it('keeps the rules when the one to remove is misspelt', async () => {
    const id = wallet.faults.add({ userId: 'kept', fault: 'U' });
    expect((await fetch(`${wallet.controlUrl}/faults?ids=${id}`, { method: 'DELETE' })).status).toBe(400);
    expect(wallet.faults.list()).toHaveLength(1);
    wallet.faults.clear();
  });

  it('answers HEAD for the page, as tools ask that wait for a server', async () => {
    expect((await fetch(`${wallet.controlUrl}/`, { method: 'HEAD' })).status).toBe(200);
  });

  it('revokes and expires with 204', async () => {
    expect((await post('/revoke', { userId: 'a' })).status).toBe(204);
    expect((await post('/expire', { userId: 'a' })).status).toBe(204);
  });

  it('lists calls, users and faults', async () => {
    await applyToken(wallet.url, wallet.issueCode({ userId: 'listed' }));
    const [calls, users, faults] = (await Promise.all(
      ['/calls', '/users', '/faults'].map(async (path) => (await fetch(wallet.controlUrl + path)).json()),
    )) as [{ userId: string }[], { userId: string }[], { known: { name: string }[]; active: unknown[] }];
    expect(calls.at(-1)).toMatchObject({ operation: 'applyToken', userId: 'listed', resultCode: 'SUCCESS' });
    expect(users.length).toBeGreaterThan(8);
    expect(users.every(({ userId }) => /^2166100\d{14}$/.test(userId))).toBe(true);
    expect(faults.known.map(({ name }) => name)).toContain('bad-signature');
    expect(faults.active).toEqual([]);
  });

  it('keeps no more than the last 500 calls', async () => {
    for (let call = 0; call < 520; call += 1) await fetch(`${wallet.url}/nowhere`, { method: 'POST' });
    const calls = (await (await fetch(`${wallet.controlUrl}/calls`)).json()) as unknown[];
    expect(calls).toHaveLength(500);
  });

  it('tells each call at once to who listens', async () => {
    const leaving = new AbortController();
    const events = await fetch(`${wallet.controlUrl}/events`, { signal: leaving.signal });
    expect(events.headers.get('content-type')).toBe('text/event-stream');
    await applyToken(wallet.url, wallet.issueCode({ userId: 'streamed' }));
    const reader = (events.body ?? new ReadableStream<Uint8Array>()).getReader();
    let text = '';
    while (!text.includes('\n\n', text.indexOf('event: call'))) {
      const { value, done } = await reader.read();
      if (done) break;
      text += Buffer.from(value).toString('utf8');
      if (!text.includes('event: call')) text = '';
    }
    expect(text).toMatch(/^event: call\nid: \d+\ndata: \{.*"userId":"streamed"/m);
    leaving.abort();
  });

  it('tells of codes without saying them, and of changes to users and rules', async () => {
    const leaving = new AbortController();
    const events = await fetch(`${wallet.controlUrl}/events`, { signal: leaving.signal });
    const reader = (events.body ?? new ReadableStream<Uint8Array>()).getReader();
    const code = wallet.issueCode({ userId: 'told', scopes: ['auth_base'], fault: 'inquiry:U' });
    wallet.users.put({ userId: 'told', about: 'Told', userInfo: { userId: 'told' } });
    wallet.faults.add({ userId: 'told', fault: 'traffic' });
    let text = '';
    while (!text.includes('event: faults')) text += Buffer.from((await reader.read()).value ?? []).toString('utf8');
    leaving.abort();
    wallet.faults.clear();
    expect(text).toMatch(/event: code\ndata: \{.*"userId":"told","scopes":\["auth_base"\],"fault":"inquiry:U"/);
    expect(text).toContain('event: users\n');
    const listed = await (await fetch(`${wallet.controlUrl}/codes`)).text();
    expect(listed).toContain('"userId":"told"');
    expect(text + listed).not.toContain(code);
  });

  it('serves the page, and lets it frame nothing but the mini program', async () => {
    const page = await fetch(`${wallet.controlUrl}/`);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toContain('frame-src http://127.0.0.1:3999;');
    const html = await page.text();
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
    const files = [...html.matchAll(/(?:src|href)="([^":]+\.(?:js|css))"/g)].map(([, file]) => file ?? '');
    for (const file of files) {
      const answer = await fetch(`${wallet.controlUrl}/${file}`);
      expect([file, answer.status]).toEqual([file, 200]);
      // What a script imports is served as well.
      const imports = [...(await answer.text()).matchAll(/from '\.\/([\w-]+\.js)'/g)].map(([, name]) => name ?? '');
      files.push(...imports.filter((name) => !files.includes(name)));
    }
    expect(files).toContain('exchange-rows.js');
    expect((await fetch(`${wallet.controlUrl}/package.json`)).status).toBe(404);
    const settings = await (await fetch(`${wallet.controlUrl}/settings`)).json();
    expect(settings).toEqual({
      clientId: CLIENT_ID,
      walletUrl: wallet.url,
      miniProgramUrl: 'http://127.0.0.1:3999/shop',
      lenient: false,
      userCount: wallet.users.list().length,
    });
  });
});

describe('The control port asked from elsewhere', () => {
  const port = (): string => new URL(wallet.controlUrl).port;
  it.each<readonly [string, () => Record<string, string>, number]>([
    ['127.0.0.1 as Host', () => ({ host: `127.0.0.1:${port()}` }), 200],
    ['localhost as Host', () => ({ host: `localhost:${port()}` }), 200],
    ['[::1] as Host', () => ({ host: `[::1]:${port()}` }), 200],
    ['its own Origin', () => ({ host: `localhost:${port()}`, origin: `http://localhost:${port()}` }), 200],
    ['a foreign Host', () => ({ host: 'evil.example' }), 403],
    ['a foreign Host with the right port', () => ({ host: `evil.example:${port()}` }), 403],
    ['a loopback Host with another port', () => ({ host: '127.0.0.1:1' }), 403],
    ['a loopback Host without port', () => ({ host: '127.0.0.1' }), 403],
    ["the mini program's Origin", () => ({ host: `127.0.0.1:${port()}`, origin: 'http://127.0.0.1:3999' }), 403],
    ['a foreign Origin', () => ({ host: `127.0.0.1:${port()}`, origin: 'https://evil.example' }), 403],
    ['the Origin null', () => ({ host: `127.0.0.1:${port()}`, origin: 'null' }), 403],
  ])('with %s', async (_, headers, status) => {
    for (const [method, path] of [
      ['GET', '/calls'],
      ['POST', '/codes'],
      ['GET', '/'],
    ] as const) {
      expect(await statusOf(method, path, headers())).toBe(status);
    }
  });
});

function statusOf(method: string, path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, wallet.controlUrl), { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.once('error', reject);
    sent.end(method === 'POST' ? '{"userId":"a"}' : undefined);
  });
}
