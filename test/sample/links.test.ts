import { describe, expect, it } from 'vitest';
import { recordSecret } from '../leaks/record-secret.js';
import { Browser } from './browser.js';
import { login, send } from './client.js';
import { useSample } from './use-sample.js';
import { PASSWORD } from './website-customer.js';

const shop = useSample();

describe('what VodaPay has to do with an account', () => {
  it('is told to its owner: the links, and what happened to them', async () => {
    const { session } = await login(shop, 'links-user-1');

    const { status, body } = await send(shop.sample.url, 'GET', '/me/links', { token: session.token });

    const linkedAt = expect.any(Number) as number;
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        links: [{ id: expect.any(String), userId: 'links-user-1', linkedAt }],
        events: [
          { id: expect.any(String), kind: 'linked', actor: 'user', reason: 'first-login', happenedAt: linkedAt },
        ],
      },
    });
  });

  it('I4 stays while it is the last way to sign in', async () => {
    const { session } = await login(shop, 'links-user-2');

    expect(await send(shop.sample.url, 'DELETE', '/me/vodapay', { token: session.token })).toMatchObject({
      status: 409,
      body: { code: 'VODAPAY_LAST_SIGN_IN_METHOD' },
    });
    expect((await login(shop, 'links-user-2')).outcome).toBe('existing');
  });
});

describe('a customer who also has a password', () => {
  const passwordOf = (accountId: string, provenAt: number | null) =>
    shop.sample.dataSource.query('INSERT INTO website_credential VALUES (?, ?, ?, NULL, ?)', [
      accountId,
      `${accountId}@shop.example`,
      'scrypt$unused$unused',
      provenAt,
    ]);

  it('R17 R23 unlinks VodaPay: the session ends, the log tells it, and VodaPay opens a fresh account', async () => {
    const { session, account } = await login(shop, 'links-user-4');
    await passwordOf(account.id, Date.now());

    expect(await send(shop.sample.url, 'DELETE', '/me/vodapay', { token: session.token })).toMatchObject({
      status: 204,
    });

    expect(await send(shop.sample.url, 'GET', '/me', { token: session.token })).toMatchObject({ status: 401 });
    const again = await login(shop, 'links-user-4');
    expect(again.outcome).toBe('created');
    expect(again.account.id).not.toBe(account.id);
    const events = await shop.sample.dataSource.query('SELECT kind FROM vodapay_link_event WHERE account_id = ?', [
      account.id,
    ]);
    expect(events).toEqual(expect.arrayContaining([{ kind: 'linked' }, { kind: 'unlinked' }]));
  });

  it("I4 R5 does not, if that password may be a stranger's", async () => {
    const { session, account } = await login(shop, 'links-user-5');
    await passwordOf(account.id, null);

    expect(await send(shop.sample.url, 'DELETE', '/me/vodapay', { token: session.token })).toMatchObject({
      status: 409,
    });
  });
});

describe('a customer who ended up with two accounts', () => {
  const confirm = (token: string, json: object) =>
    send(shop.sample.url, 'POST', '/me/vodapay/move/confirm', { token, json });

  it('R4 R23 moves VodaPay to the one of the website, once its owner has said yes there; the session ends', async () => {
    const { session, account } = await login(shop, 'links-user-6');
    const browser = new Browser(shop.sample);
    await browser.post('/website/register', { email: 'two@shop.example', password: PASSWORD });
    const { text } = await browser.post('/website/link-code');
    const code = recordSecret('link code', /id="link-code">([A-Z2-9]{8})</.exec(text)?.[1] ?? '');

    const begun = await send(shop.sample.url, 'POST', '/me/vodapay/move', { token: session.token });
    const { ticket, delivery } = begun.body as { readonly ticket: string; readonly delivery: string };
    recordSecret('link ticket', ticket);
    expect([begun.status, delivery]).toEqual([200, 'link-code']);
    expect(await confirm(session.token, { ticket, code: 'AAAA-AAAA' })).toMatchObject({
      status: 403,
      body: { code: 'VODAPAY_LINK_PROOF_INVALID' },
    });
    expect(await confirm(session.token, { ticket, code })).toMatchObject({
      status: 409,
      body: { code: 'VODAPAY_LINK_PROOF_REQUIRED', delivery: 'approval' },
    });
    const page = (await browser.get('/website/link-code')).text;
    expect(page).toContain('It opens another account now, and will open this one instead.');
    const approval = /approvals\/([0-9a-f-]{36})/.exec(page)?.[1] ?? '';
    await browser.post(`/website/approvals/${approval}`, { decision: 'approve' });
    expect(await confirm(session.token, { ticket, code })).toMatchObject({ status: 204 });

    expect((await send(shop.sample.url, 'GET', '/me', { token: session.token })).status).toBe(401);
    const again = await login(shop, 'links-user-6');
    expect(again.outcome).toBe('existing');
    expect(again.account.id).not.toBe(account.id);
    expect(await send(shop.sample.url, 'GET', '/me/links', { token: again.session.token })).toMatchObject({
      body: { links: [{ userId: 'links-user-6' }], events: [{ kind: 'moved', reason: 'proved-by-link-code' }] },
    });
  });

  it('needs to be signed in, and to send what it got', async () => {
    const { session } = await login(shop, 'links-user-7');

    expect((await send(shop.sample.url, 'POST', '/me/vodapay/move')).status).toBe(401);
    expect((await confirm(session.token, { ticket: 7 })).status).toBe(400);
    expect((await confirm(session.token, { ticket: `vpt_${'A'.repeat(43)}`, code: 'AAAAAAAA' })).status).toBe(401);
  });
});

describe('an order', () => {
  it('needs a complete profile: the refusal names what is missing, and giving it opens the route', async () => {
    const { session, account } = await login(shop, 'links-user-3');
    const order = () => send(shop.sample.url, 'POST', '/orders', { token: session.token });

    expect(await order()).toMatchObject({
      status: 403,
      body: { statusCode: 403, code: 'VODAPAY_PROFILE_INCOMPLETE', next: 'none', missing: ['email'] },
    });
    await send(shop.sample.url, 'PATCH', '/me', { token: session.token, json: { email: 'customer@shop.example' } });
    expect(await order()).toMatchObject({ status: 201, body: { accountId: account.id } });
  });

  it('needs a signed-in customer first', async () => {
    expect(await send(shop.sample.url, 'POST', '/orders')).toMatchObject({
      status: 401,
      body: { code: 'VODAPAY_CREDENTIALS_MISSING' },
    });
  });
});
