import { describe, expect, it } from 'vitest';
import { authCode, login, send } from './client.js';
import { useSample } from './use-sample.js';

const shop = useSample(({ controlUrl }) => ({ MINI_PROGRAM_EMBEDDED_BY: controlUrl }));

describe('signing in', () => {
  it('makes an account on the first login and finds it on the second', async () => {
    const first = await login(shop, 'contract-user-1');
    const second = await login(shop, 'contract-user-1');

    expect(first).toEqual({
      session: { token: expect.stringMatching(/^vps_/), expiresAt: expect.any(Number) },
      account: { id: expect.any(String), displayName: expect.any(String), missing: ['email'] },
      outcome: 'created',
    });
    expect(second.outcome).toBe('existing');
    expect(second.account).toEqual(first.account);
    expect(second.session.token).not.toBe(first.session.token);
  });

  it('asks for the name too when VodaPay told none', async () => {
    const thin = await authCode(shop.wallet, 'contract-thin', undefined, ['auth_base']);
    const { body } = await send(shop.sample.url, 'POST', '/auth/vodapay/login', { json: { authCode: thin } });

    expect(body).toMatchObject({ account: { displayName: null, missing: ['displayName', 'email'] } });
  });

  it('R15 R21 takes neither e-mail nor phone from VodaPay into the account, and gives it no password', async () => {
    await login(shop, 'contract-user-2');

    const columns = (await shop.sample.dataSource.query('SELECT * FROM account')) as readonly Record<string, unknown>[];
    expect(columns.map(({ email }) => email)).not.toContainEqual(expect.any(String));
    expect(Object.keys(columns[0] ?? {}).toSorted()).toEqual(
      ['created_at', 'display_name', 'email', 'email_verified_at', 'id', 'idempotency_key', 'state'].toSorted(),
    );
  });

  it('tells who is signed in, and lets them complete the account', async () => {
    const { session, account } = await login(shop, 'contract-user-3');
    const asked = await send(shop.sample.url, 'GET', '/me', { token: session.token });
    const completed = await send(shop.sample.url, 'PATCH', '/me', {
      token: session.token,
      json: { email: 'customer@shop.example' },
    });
    const askedAgain = await send(shop.sample.url, 'GET', '/me', { token: session.token });

    expect(asked.body).toEqual({
      account: { ...account, email: null },
      vodaPay: { userId: 'contract-user-3', linkedAt: expect.any(Number) },
    });
    expect(completed).toMatchObject({
      status: 200,
      body: { id: account.id, email: 'customer@shop.example', missing: [] },
    });
    expect(askedAgain.body).toMatchObject({ account: { email: 'customer@shop.example', missing: [] } });
  });

  it('ends a session by logout, and no other', async () => {
    const { session } = await login(shop, 'contract-user-4');
    const { session: other } = await login(shop, 'contract-user-4');

    expect(await send(shop.sample.url, 'POST', '/auth/logout', { token: session.token })).toMatchObject({
      status: 204,
    });
    expect(await send(shop.sample.url, 'GET', '/me', { token: session.token })).toMatchObject({
      status: 401,
      body: { code: 'VODAPAY_SESSION_INVALID', next: 'sign-in' },
    });
    expect(await send(shop.sample.url, 'GET', '/me', { token: other.token })).toMatchObject({ status: 200 });
  });

  it('does not unlink VodaPay while it is the last way to sign in', async () => {
    const { session } = await login(shop, 'contract-user-5');

    expect(await send(shop.sample.url, 'DELETE', '/me/vodapay', { token: session.token })).toMatchObject({
      status: 409,
      body: { statusCode: 409, code: 'VODAPAY_LAST_SIGN_IN_METHOD', next: 'none' },
    });
  });
});

describe('a login that is refused', () => {
  const refused = async (json: unknown, token?: string) =>
    send(shop.sample.url, 'POST', '/auth/vodapay/login', { json, ...(token !== undefined && { token }) });

  it.each([
    ['a number', 7],
    ['empty', ''],
    ['blank', '  '],
    ['null', null],
    ['a list', ['x']],
    ['too long', 'x'.repeat(129)],
    ['with a control character', 'a\u0000b'],
  ])('answers 400 to an auth code that is %s', async (_, code) => {
    expect(await refused({ authCode: code })).toMatchObject({
      status: 400,
      body: { statusCode: 400, code: 'VODAPAY_CREDENTIALS_MALFORMED', next: 'none' },
    });
  });

  it('answers 401 with a challenge when no auth code comes', async () => {
    const answer = await refused({});

    expect(answer).toMatchObject({ status: 401, body: { code: 'VODAPAY_CREDENTIALS_MISSING', next: 'new-auth-code' } });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('answers 400 when two kinds of credentials come at once', async () => {
    const { session } = await login(shop, 'contract-two');
    const both = await refused({ authCode: await authCode(shop.wallet, 'contract-two') }, session.token);

    expect(both).toMatchObject({ status: 400, body: { code: 'VODAPAY_CREDENTIALS_AMBIGUOUS' } });
  });

  it('answers 401 to an unknown code, and to a code that comes twice', async () => {
    const code = await authCode(shop.wallet, 'contract-twice');
    await refused({ authCode: code });

    expect(await refused({ authCode: code })).toMatchObject({
      status: 401,
      body: { code: 'VODAPAY_AUTH_CODE_USED', next: 'new-auth-code' },
    });
    expect(await refused({ authCode: '0000000001'.padEnd(40, 'x') })).toMatchObject({
      status: 401,
      body: { code: 'VODAPAY_AUTH_CODE_INVALID', next: 'new-auth-code' },
    });
  });

  it('takes no raw access token as bearer', async () => {
    expect(await send(shop.sample.url, 'GET', '/me', { token: '0000000002'.padEnd(40, 'x') })).toMatchObject({
      status: 401,
      body: { code: 'VODAPAY_ACCESS_TOKEN_NOT_ACCEPTED', next: 'sign-in' },
    });
  });

  it('answers 403 to a frozen wallet user', async () => {
    expect(await refused({ authCode: await authCode(shop.wallet, '216610000000000000008') })).toMatchObject({
      status: 403,
      body: { code: 'VODAPAY_WALLET_USER_INACTIVE', next: 'none' },
    });
  });
});

describe('whatever else goes wrong', () => {
  it.each([
    ['GET', '/nowhere?code=hunter2hunter2', {}, 404, 'NOT_FOUND'],
    ['POST', '/auth/vodapay/login', { text: '{"authCode": hunter2hunter2' }, 400, 'BAD_REQUEST'],
    ['POST', '/auth/vodapay/login', { text: '"hunter2hunter2"' }, 400, 'BAD_REQUEST'],
    ['POST', '/auth/vodapay/confirm', { text: '['.repeat(5_000) + ']'.repeat(5_000) }, 400, 'BAD_REQUEST'],
    ['POST', '/auth/vodapay/login', { json: { authCode: 'x'.repeat(20_000) } }, 413, 'PAYLOAD_TOO_LARGE'],
  ])('%s %s answers in the same shape and repeats nothing of the request', async (method, path, sent, status, code) => {
    const answer = await send(shop.sample.url, method, path, sent);

    expect(answer).toMatchObject({
      status,
      body: { statusCode: status, code, message: expect.any(String), next: 'none' },
    });
    expect(JSON.stringify(answer.body)).not.toContain('hunter2');
  });

  it.each([
    [{}],
    [{ email: 'nobody' }],
    [{ email: 7 }],
    [{ displayName: '' }],
    [{ displayName: 'two\nlines' }],
    [{ displayName: 'x'.repeat(65) }],
    [{ email: '\ud800@shop.example' }],
    [{ email: 'me@shop.example', id: 'another' }],
    [{ email: 'me@shop.example', state: 'active' }],
  ])('PATCH /me with %j answers 400 and changes nothing', async (json) => {
    const { session, account } = await login(shop, 'contract-patch');
    const answer = await send(shop.sample.url, 'PATCH', '/me', { token: session.token, json });
    const after = await send(shop.sample.url, 'GET', '/me', { token: session.token });

    expect(answer).toMatchObject({ status: 400, body: { statusCode: 400, code: 'BAD_REQUEST', next: 'none' } });
    expect(after.body).toMatchObject({ account: { ...account, email: null } });
  });
});

it('says in plain words that an e-mail address does not look like one', async () => {
  const { session } = await login(shop, 'contract-patch');
  const answer = await send(shop.sample.url, 'PATCH', '/me', { token: session.token, json: { email: 'a@b' } });

  expect(answer.body).toMatchObject({ statusCode: 400, message: 'This does not look like an e-mail address.' });
});

describe('around the API', () => {
  it('says that it lives, and that its database and the wallet are well', async () => {
    expect(await send(shop.sample.url, 'GET', '/health/live')).toMatchObject({ status: 200 });
    expect(await send(shop.sample.url, 'GET', '/health')).toMatchObject({
      status: 200,
      body: {
        status: 'ok',
        details: { vodapay: { database: 'up', wallet: { applyToken: 'closed', inquiryUserInfo: 'closed' } } },
      },
    });
  });

  it('describes itself for people and for programs', async () => {
    const page = await send(shop.sample.url, 'GET', '/docs');
    const { body } = await send(shop.sample.url, 'GET', '/docs-json');
    const paths = (body as { readonly paths: object }).paths;

    expect(page).toMatchObject({ status: 200, body: expect.stringContaining('swagger-ui') });
    expect(page.body).not.toMatch(/<script(?![^>]* src=)/);
    expect(Object.keys(paths).toSorted()).toEqual(
      [
        '/auth/logout',
        '/auth/vodapay/confirm',
        '/auth/vodapay/login',
        '/health',
        '/health/live',
        '/me',
        '/me/links',
        '/me/vodapay',
        '/me/vodapay/move',
        '/me/vodapay/move/confirm',
        '/orders',
      ].toSorted(),
    );
    expect(body).toMatchObject({
      components: { securitySchemes: { bearer: { scheme: 'bearer' } }, schemas: { LoginAnswer: {}, Refusal: {} } },
    });
  });

  it('serves the mini program, which only the wallet may show in a frame', async () => {
    const page = await send(shop.sample.url, 'GET', '/');

    expect(page).toMatchObject({ status: 200, body: expect.stringContaining('Sign in with VodaPay') });
    expect(page.headers.get('content-security-policy')).toContain(`frame-ancestors ${shop.wallet.controlUrl}`);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('x-powered-by')).toBeNull();
    expect((await send(shop.sample.url, 'GET', '/mini-program.json')).body).toEqual({
      embeddedBy: shop.wallet.controlUrl,
      scopes: ['auth_base', 'auth_user'],
    });
  });

  it('R20 serves no key to the browser', async () => {
    const page = (await send(shop.sample.url, 'GET', '/')).body as string;
    const files = [...page.matchAll(/(?:src|href)="\.(\/[^"]+)"/g)].map(([, file = '']) => file);
    expect(files.some((file) => file.endsWith('.js'))).toBe(true);
    for (const file of ['/', '/mini-program.json', ...files]) {
      const { status, body } = await send(shop.sample.url, 'GET', file);
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toMatch(/PRIVATE KEY|clientId|privateKey/);
    }
  });
});
