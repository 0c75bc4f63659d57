import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordSecret } from '../leaks/record-secret.js';
import { Browser, type Page } from './browser.js';
import { authCode, send, type Answer, type LoginBody } from './client.js';
import { startSample, startWalletForSample, temporaryFolder, type RunningSample, type Wallet } from './start-sample.js';
import { emailOf, PASSWORD } from './website-customer.js';

const folder = temporaryFolder();
let wallet: Wallet;
let asking: RunningSample;
let existingOnly: RunningSample;
/** Another server of the same shop as `asking`, which asks for link codes. */
let askingForCodes: RunningSample;

beforeAll(async () => {
  const started = await startWalletForSample();
  wallet = started.wallet;
  const sample = (name: string, policy: string): Promise<RunningSample> =>
    startSample({
      ...started.variables,
      DATABASE_URL: `sqlite:${folder.path}/${name}.sqlite`,
      VODAPAY_LINKING_POLICY: policy,
    });
  [asking, existingOnly] = [await sample('ask', 'ask'), await sample('existing', 'existing-only')];
  askingForCodes = await sample('ask', 'existing-only');
});
afterAll(async () => {
  await asking?.stop();
  await existingOnly?.stop();
  await askingForCodes?.stop();
  await wallet?.stop();
  folder.remove();
});

describe('a customer of the website who signs in with VodaPay (policy ask)', () => {
  it('R4 gets a code by mail, types it, and is in her old account; afterwards VodaPay opens it at once', async () => {
    const browser = await customer('ask-1', { opensMailWhile: 'signed in' });
    const pending = await firstLogin(asking, 'ask-1');

    expect(pending).toMatchObject({
      status: 409,
      body: {
        statusCode: 409,
        code: 'VODAPAY_LINK_PROOF_REQUIRED',
        ticket: expect.stringMatching(/^vpt_/) as string,
        delivery: 'email',
        message: expect.any(String) as string,
        next: 'none',
      },
    });
    const confirmed = await confirm(asking, { ticket: ticketOf(pending), code: await codeFor('ask-1') });
    expect(confirmed).toMatchObject({
      status: 200,
      body: { outcome: 'linked', session: { token: expect.stringMatching(/^vps_/) as string } },
    });
    expect((await firstLogin(asking, 'ask-1')).body).toMatchObject({
      outcome: 'existing',
      account: { id: (confirmed.body as LoginBody).account.id },
    });
    expect(await mailsTo('ask-1')).toContainEqual(expect.stringContaining('now opens your account'));
    // R5: the browser of before must sign in again, and can: mailbox and password were shown together.
    expect((await browser.get('/website')).text).toContain('Sign in');
    expect((await signInAtWebsite(browser, 'ask-1')).status).toBe(200);
  });

  it('declines and gets a fresh account', async () => {
    await customer('ask-2', { opensMailWhile: 'signed in' });
    const pending = await firstLogin(asking, 'ask-2');

    const declined = await confirm(asking, { ticket: ticketOf(pending), decline: true });

    expect(declined).toMatchObject({ status: 200, body: { outcome: 'created' } });
    expect(await confirm(asking, { ticket: ticketOf(pending), decline: true })).toMatchObject({
      status: 401,
      body: { code: 'VODAPAY_LINK_TICKET_INVALID', next: 'new-auth-code' },
    });
  });

  it('R6 has five tries: then 429 with Retry-After, whatever she types', async () => {
    await customer('ask-3', { opensMailWhile: 'signed in' });
    const ticket = ticketOf(await firstLogin(asking, 'ask-3'));
    for (const next of ['retry', 'retry', 'retry', 'retry', 'none']) {
      expect(await confirm(asking, { ticket, code: 'WRNGCDE2' })).toMatchObject({
        status: 403,
        body: { code: 'VODAPAY_LINK_PROOF_INVALID', next },
      });
    }

    const refused = await confirm(asking, { ticket, code: await codeFor('ask-3') });

    expect(refused).toMatchObject({ status: 429, body: { code: 'VODAPAY_TOO_MANY_ATTEMPTS' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_500);
  });

  it('R21 who is new gets an account at once, and it has no password', async () => {
    expect(await firstLogin(asking, 'ask-new')).toMatchObject({ status: 200, body: { outcome: 'created' } });
    const { id } = ((await firstLogin(asking, 'ask-new')).body as LoginBody).account;
    const credentials = await asking.dataSource.query(`SELECT * FROM website_credential WHERE account_id = '${id}'`);
    expect(credentials).toEqual([]);
  });

  it.each([
    [{}],
    [{ ticket: 'vpt_x' }],
    [{ ticket: 7, code: 'WRNGCDE2' }],
    [{ ticket: 'vpt_x', code: 'WRNGCDE2', decline: true }],
    [{ ticket: 'vpt_x', decline: false }],
    [{ ticket: 'vpt_x', code: 'WRNGCDE2', accountId: '1' }],
  ])('R13 a confirm of the wrong shape is a 400: %j', async (body) => {
    expect(await confirm(asking, body)).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } });
  });
});

describe("an attacker who registered the victim's e-mail at the website, with a password, before she came", () => {
  it('R4 R5 gains nothing from her first login, her decline or her confirm', async () => {
    // Unverified: no candidate, no code, a fresh account, and his password opens his own still.
    const attacker = await customer('victim-0', { opensMailWhile: undefined });
    const his = await accountRegisteredAs('victim-0');
    const first = await firstLogin(asking, 'victim-0');
    expect(first).toMatchObject({ status: 200, body: { outcome: 'created' } });
    expect((first.body as LoginBody).account.id).not.toBe(his);
    expect((await mailsTo('victim-0')).filter((text) => text.includes('lets'))).toEqual([]);
    expect(await linksAt(his)).toEqual([]);

    // She clicked his mail, so his account is a candidate; declined, it stays his, and hers is another one.
    await customer('victim-00', { opensMailWhile: 'elsewhere' });
    const declined = await confirm(asking, { ticket: ticketOf(await firstLogin(asking, 'victim-00')), decline: true });
    expect((declined.body as LoginBody).account.id).not.toBe(await accountRegisteredAs('victim-00'));
    expect(await linksAt(await accountRegisteredAs('victim-00'))).toEqual([]);

    // Confirmed, it is hers: neither his session, his password nor the wallet that he had linked to it opens it.
    const insider = await customer('victim-000', { opensMailWhile: 'elsewhere' });
    const account = await accountRegisteredAs('victim-000');
    await linkByCode(insider, 'his-wallet');
    expect(((await firstLogin(asking, 'his-wallet')).body as LoginBody).account.id).toBe(account);
    const ticket = ticketOf(await firstLogin(asking, 'victim-000'));
    const confirmed = await confirm(asking, { ticket, code: await codeFor('victim-000') });
    expect((confirmed.body as LoginBody).account.id).toBe(account);
    expect((await insider.get('/website')).text).not.toContain('You are signed in');
    expect((await signInAtWebsite(insider, 'victim-000')).status).toBe(401);
    expect((await firstLogin(asking, 'his-wallet')).body).not.toMatchObject({ account: { id: account } });
    expect(await linksAt(account)).toEqual(['victim-000']);
    expect((await attacker.get('/website')).text).toContain('You are signed in');
  });
});

describe('a link code of the website (policy existing-only)', () => {
  it('R4 links once its owner has seen nickname and time there, and said yes', async () => {
    const browser = await customer('known-1', { sample: existingOnly, opensMailWhile: 'signed in' });
    const pending = await firstLogin(existingOnly, 'known-1');
    expect(pending).toMatchObject({ status: 409, body: { delivery: 'link-code' } });
    const ticket = ticketOf(pending);
    const code = await linkCodeIn(browser);

    expect(await confirm(existingOnly, { ticket, code })).toMatchObject({
      status: 409,
      body: { delivery: 'approval' },
    });
    const page = (await browser.get('/website/link-code')).text;
    expect(page).toMatch(/VodaPay user \p{L}•• typed your code less than a minute ago/u);
    expect((await approveIn(browser)).status).toBe(200);
    expect(await confirm(existingOnly, { ticket, code })).toMatchObject({ status: 200, body: { outcome: 'linked' } });
    expect(await firstLogin(existingOnly, 'known-1')).toMatchObject({ status: 200, body: { outcome: 'existing' } });
  });

  it('cannot be declined: this shop makes no accounts for unknown users', async () => {
    const pending = await firstLogin(existingOnly, 'known-2');

    expect(await confirm(existingOnly, { ticket: ticketOf(pending), decline: true })).toMatchObject({
      status: 403,
      body: { code: 'VODAPAY_NOT_LINKED' },
    });
  });

  it('is for those who are signed in at the website', async () => {
    const stranger = new Browser(existingOnly);
    const statuses = [
      await stranger.get('/website/link-code'),
      await stranger.post('/website/link-code'),
      await stranger.post('/website/approvals/1', { decision: 'approve' }),
    ].map(({ status }) => status);

    expect(statuses).toEqual([401, 401, 401]);
  });
});

interface CustomerSetUp {
  readonly sample?: RunningSample;
  /** Who opens the link that verifies the e-mail: in which browser. */
  readonly opensMailWhile: 'signed in' | 'elsewhere' | undefined;
}

/** Somebody registers at the website with the e-mail that this VodaPay user has in her wallet. */
async function customer(userId: string, { sample = asking, opensMailWhile }: CustomerSetUp): Promise<Browser> {
  const browser = new Browser(sample);
  await browser.post('/website/register', { email: emailOf(userId), password: PASSWORD });
  const [mail = ''] = await mailsTo(userId, sample);
  const token = /token=([\w-]{43})/.exec(mail)?.[1] ?? '';
  if (opensMailWhile === undefined) return browser;
  const reader = opensMailWhile === 'signed in' ? browser : new Browser(sample);
  expect((await reader.get(`/website/verify?token=${token}`)).text).toContain('Did you register');
  expect((await reader.post('/website/verify', { token })).text).toContain('It is verified');
  return browser;
}

async function accountRegisteredAs(userId: string): Promise<string> {
  const [found] = (await asking.dataSource.query(
    `SELECT account_id FROM website_credential WHERE email = '${emailOf(userId)}'`,
  )) as readonly { account_id: string }[];
  return found?.account_id ?? '';
}

/** Links a wallet to the account that is signed in to this browser. */
async function linkByCode(browser: Browser, userId: string): Promise<void> {
  const ticket = ticketOf(await firstLogin(askingForCodes, userId));
  const code = await linkCodeIn(browser);
  expect((await confirm(askingForCodes, { ticket, code })).body).toMatchObject({ delivery: 'approval' });
  await approveIn(browser);
  expect((await confirm(askingForCodes, { ticket, code })).body).toMatchObject({ outcome: 'linked' });
}

async function linkCodeIn(browser: Browser): Promise<string> {
  const { text } = await browser.post('/website/link-code');
  return recordSecret('link code', /id="link-code">([A-Z2-9]{8})</.exec(text)?.[1] ?? '');
}

async function approveIn(browser: Browser): Promise<Page> {
  const { text } = await browser.get('/website/link-code');
  const approval = /approvals\/([0-9a-f-]{36})/.exec(text)?.[1] ?? '';
  return browser.post(`/website/approvals/${approval}`, { decision: 'approve' });
}

/** The VodaPay users that open an account. */
async function linksAt(accountId: string): Promise<readonly string[]> {
  const rows = (await asking.dataSource.query(
    `SELECT vodapay_user_id FROM vodapay_account_link WHERE account_id = '${accountId}' AND state = 'active'`,
  )) as readonly { vodapay_user_id: string }[];
  return rows.map(({ vodapay_user_id }) => vodapay_user_id);
}

function signInAtWebsite(browser: Browser, userId: string) {
  return browser.post('/website/login', { email: emailOf(userId), password: PASSWORD });
}

async function firstLogin(sample: RunningSample, userId: string): Promise<Answer> {
  return send(sample.url, 'POST', '/auth/vodapay/login', { json: { authCode: await authCode(wallet, userId) } });
}

function confirm(sample: RunningSample, json: unknown): Promise<Answer> {
  return send(sample.url, 'POST', '/auth/vodapay/confirm', { json });
}

function ticketOf({ body }: Answer): string {
  return recordSecret('link ticket', (body as { readonly ticket: string }).ticket);
}

/** Texts, newest first. */
async function mailsTo(userId: string, sample: RunningSample = asking): Promise<readonly string[]> {
  const { body } = await send(sample.url, 'GET', '/development/outbox');
  const mails = body as readonly { readonly to: string; readonly text: string }[];
  return mails.filter(({ to }) => to === emailOf(userId)).map(({ text }) => text);
}

async function codeFor(userId: string): Promise<string> {
  const codes = (await mailsTo(userId)).map((text) => /^([A-Z2-9]{8}) lets/.exec(text)?.[1]);
  return recordSecret('link code', codes.find((code) => code !== undefined) ?? '');
}
