import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { login, send } from './client.js';
import { startSample, startWalletForSample, temporaryFolder, type RunningSample, type Wallet } from './start-sample.js';

const folder = temporaryFolder();
let wallet: Wallet;
let sample: RunningSample;

beforeAll(async () => {
  const started = await startWalletForSample();
  wallet = started.wallet;
  sample = await startSample({ ...started.variables, DATABASE_URL: `sqlite:${folder.path}/sample.sqlite` });
});
afterAll(async () => {
  await sample?.stop();
  await wallet?.stop();
  folder.remove();
});

describe('what VodaPay has to do with an account', () => {
  it('is told to its owner: the links, and what happened to them', async () => {
    const { session } = await login(sample, wallet, 'links-user-1');

    const { status, body } = await send(sample.url, 'GET', '/me/links', { token: session.token });

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
    const { session } = await login(sample, wallet, 'links-user-2');

    expect(await send(sample.url, 'DELETE', '/me/vodapay', { token: session.token })).toMatchObject({
      status: 409,
      body: { code: 'VODAPAY_LAST_SIGN_IN_METHOD' },
    });
    expect((await login(sample, wallet, 'links-user-2')).outcome).toBe('existing');
  });
});

describe('a customer who also has a password', () => {
  const passwordOf = (accountId: string, provenAt: number | null) =>
    sample.dataSource.query('INSERT INTO website_credential VALUES (?, ?, ?, NULL, ?)', [
      accountId,
      `${accountId}@shop.example`,
      'scrypt$unused$unused',
      provenAt,
    ]);

  it('R17 R23 unlinks VodaPay: the session ends, the log tells it, and VodaPay opens a fresh account', async () => {
    const { session, account } = await login(sample, wallet, 'links-user-4');
    await passwordOf(account.id, Date.now());

    expect(await send(sample.url, 'DELETE', '/me/vodapay', { token: session.token })).toMatchObject({ status: 204 });

    expect(await send(sample.url, 'GET', '/me', { token: session.token })).toMatchObject({ status: 401 });
    const again = await login(sample, wallet, 'links-user-4');
    expect(again.outcome).toBe('created');
    expect(again.account.id).not.toBe(account.id);
    const events = await sample.dataSource.query('SELECT kind FROM vodapay_link_event WHERE account_id = ?', [
      account.id,
    ]);
    expect(events).toEqual(expect.arrayContaining([{ kind: 'linked' }, { kind: 'unlinked' }]));
  });

  it("I4 R5 does not, if that password may be a stranger's", async () => {
    const { session, account } = await login(sample, wallet, 'links-user-5');
    await passwordOf(account.id, null);

    expect(await send(sample.url, 'DELETE', '/me/vodapay', { token: session.token })).toMatchObject({ status: 409 });
  });
});

describe('an order', () => {
  it('needs a complete profile: the refusal names what is missing, and giving it opens the route', async () => {
    const { session, account } = await login(sample, wallet, 'links-user-3');
    const order = () => send(sample.url, 'POST', '/orders', { token: session.token });

    expect(await order()).toMatchObject({
      status: 403,
      body: { statusCode: 403, code: 'VODAPAY_PROFILE_INCOMPLETE', next: 'none', missing: ['email'] },
    });
    await send(sample.url, 'PATCH', '/me', { token: session.token, json: { email: 'customer@shop.example' } });
    expect(await order()).toMatchObject({ status: 201, body: { accountId: account.id } });
  });

  it('needs a signed-in customer first', async () => {
    expect(await send(sample.url, 'POST', '/orders')).toMatchObject({
      status: 401,
      body: { code: 'VODAPAY_CREDENTIALS_MISSING' },
    });
  });
});
