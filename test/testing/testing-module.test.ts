import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { VODAPAY_ERRORS, type VodaPayErrorCode } from 'nestjs-vodapay';
import {
  overrideVodaPayUser,
  signInAs,
  TEST_USER_ID,
  testWalletOf,
  VodaPayTestingModule,
  type TestFaultName,
  type TestingOptions,
  type TestWallet,
} from 'nestjs-vodapay/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { generateKeyPairSync } from 'node:crypto';
import { sendJson, type Answer } from '../login/send-json.js';
import { recordSecret } from '../leaks/record-secret.js';
import { Accounts, AccountsModule, AppModule, MeController } from './merchant-app.js';

let app: INestApplication;
let url: string;
let wallet: TestWallet;

async function start(options: TestingOptions = {}): Promise<INestApplication> {
  const builder = Test.createTestingModule({ imports: [AppModule] });
  const testing = await VodaPayTestingModule.replaceIn(builder, { accounts: Accounts, ...options }).compile();
  const started = testing.createNestApplication();
  await started.listen(0, '127.0.0.1');
  return started;
}

const login = (authCode: string): Promise<Answer> =>
  sendJson(`${url}/login`, { method: 'POST', body: { authCode: recordSecret('auth code', authCode) } });
const me = (bearer: string): Promise<Answer> => sendJson(`${url}/me`, { method: 'GET', bearer });
async function bearerOf(user?: string): Promise<string> {
  return recordSecret('session token', (await signInAs(app, user)).token);
}

beforeAll(async () => {
  app = await start({ timeoutMs: 1_000, session: { revalidateAfterMs: 0 } });
  url = await app.getUrl();
  wallet = testWalletOf(app);
});
afterAll(() => app?.close());
afterEach(() => wallet.clearFaults());

describe('An application whose VodaPayModule was replaced', () => {
  it('starts without the environment, the network or the keys of production', async () => {
    expect((await sendJson(`${url}/me`, { method: 'GET' })).status).toBe(401);
    const { status, body } = await login(wallet.authCode());
    expect([status, body['outcome']]).toEqual([200, 'created']);
    expect((await me(recordSecret('session token', String(body['token'])))).body).toMatchObject({
      userId: TEST_USER_ID,
      clientId: 'TEST-MINI-PROGRAM',
    });
  });

  it('signs anybody in with one line, on the real way to account, link and session', async () => {
    const user = {
      userId: '216610000000000000002',
      nickName: 'Thandi',
      email: 'thandi@example.com',
      phone: '27-612345678',
    };
    const { token, headers, principal } = await signInAs(app, user);
    expect(headers.authorization).toBe(`Bearer ${recordSecret('session token', token)}`);
    expect((await me(token)).body).toMatchObject({ userId: user.userId, accountId: principal.accountId });
    const accounts = app.get(Accounts, { strict: false });
    expect(accounts.profiles.get(principal.accountId)).toEqual({ ...user, phone: '+27612345678' });
    expect((await signInAs(app, user.userId)).principal).toMatchObject({
      outcome: 'existing',
      accountId: principal.accountId,
    });
  });

  it('lists the calls that the wallet has answered', async () => {
    await bearerOf('216610000000000000003');
    expect(wallet.calls.slice(-2)).toEqual([
      { operation: 'applyToken', userId: '216610000000000000003', resultCode: 'SUCCESS' },
      { operation: 'inquiryUserInfo', userId: '216610000000000000003', resultCode: 'SUCCESS' },
    ]);
  });

  it('takes a code once', async () => {
    const code = wallet.authCode();
    await login(code);
    expect((await login(code)).body['code']).toBe('VODAPAY_AUTH_CODE_USED');
    expect((await login('nobody-knows-it')).body['code']).toBe('VODAPAY_AUTH_CODE_INVALID');
  });

  it('refreshes an expired token once and ends the session of a user who withdrew', async () => {
    const user = '216610000000000000004';
    const bearer = await bearerOf(user);
    wallet.expireTokens(user);
    expect((await me(bearer)).status).toBe(200);
    expect(wallet.calls.slice(-3).map(({ resultCode }) => resultCode)).toEqual([
      'EXPIRED_ACCESS_TOKEN',
      'SUCCESS',
      'SUCCESS',
    ]);
    wallet.revoke(user);
    expect((await me(bearer)).body['code']).toBe('VODAPAY_ACCESS_TOKEN_INVALID');
    expect((await me(bearer)).body['code']).toBe('VODAPAY_SESSION_INVALID');
  });
});

/** A fault → the refusal of a login whose call meets it. */
const FAULTS: readonly (readonly [TestFaultName, VodaPayErrorCode])[] = [
  ['outage', 'VODAPAY_UNREACHABLE'],
  ['timeout', 'VODAPAY_DEADLINE_EXCEEDED'],
  ['cut', 'VODAPAY_RESPONSE_INCOMPLETE'],
  ['server-error', 'VODAPAY_WALLET_UNAVAILABLE'],
  ['throttled', 'VODAPAY_TRAFFIC_LIMITED'],
  ['throttled-by-gateway', 'VODAPAY_TRAFFIC_LIMITED'],
  ['U', 'VODAPAY_UNKNOWN_EXCEPTION'],
  ['unseen-code', 'VODAPAY_RESULT_UNKNOWN'],
  ['bad-signature', 'VODAPAY_RESPONSE_SIGNATURE_INVALID'],
  ['unsigned', 'VODAPAY_RESPONSE_UNSIGNED'],
  ['stale', 'VODAPAY_RESPONSE_STALE'],
  ['unknown-key', 'VODAPAY_RESPONSE_KEY_UNKNOWN'],
  ['other-client', 'VODAPAY_RESPONSE_CLIENT_MISMATCH'],
  ['html', 'VODAPAY_RESPONSE_MALFORMED'],
  ['redirect', 'VODAPAY_RESPONSE_REDIRECT'],
  ['expired-token', 'VODAPAY_ACCESS_TOKEN_EXPIRED'],
  ['withdrawn-token', 'VODAPAY_ACCESS_TOKEN_INVALID'],
  ['no-user-info', 'VODAPAY_USER_INFO_MISSING'],
  ['no-user-id', 'VODAPAY_USER_ID_UNUSABLE'],
  ['frozen', 'VODAPAY_WALLET_USER_INACTIVE'],
  ['USED_CODE', 'VODAPAY_AUTH_CODE_USED'],
  ['EXPIRED_CODE', 'VODAPAY_AUTH_CODE_EXPIRED'],
  ['ACCESS_DENIED', 'VODAPAY_ACCESS_DENIED'],
  ['PROCESS_FAIL', 'VODAPAY_PROCESS_FAILED'],
  ['INVALID_SIGNATURE', 'VODAPAY_MERCHANT_REFUSED'],
  ['INVALID_AUTH_CLIENT', 'VODAPAY_MERCHANT_REFUSED'],
];

describe('A fault of the wallet that a test asks for', () => {
  it.each(FAULTS)('%s spoils the next call, and no other: %s', async (fault, code) => {
    wallet.failNext(fault);
    const refused = await login(wallet.authCode());
    expect(refused.body).toMatchObject({ code, statusCode: VODAPAY_ERRORS[code].status });
    expect((await login(wallet.authCode())).status).toBe(200);
  });

  it('spoils the calls of one user, of one operation, or every one until it is cleared', async () => {
    const [one, other] = ['216610000000000000005', '216610000000000000006'];
    wallet.failNext('outage', { userId: one });
    expect((await login(wallet.authCode(other))).status).toBe(200);
    expect((await login(wallet.authCode(one))).status).toBe(503);
    wallet.failNext('outage', { operation: 'inquiryUserInfo' });
    expect((await login(wallet.authCode(one))).status).toBe(503);
    expect(wallet.calls.slice(-2).map(({ resultCode }) => resultCode)).toEqual(['SUCCESS', undefined]);
    const clear = wallet.failUntilCleared('throttled');
    expect((await login(wallet.authCode(one))).status).toBe(503);
    expect((await login(wallet.authCode(one))).status).toBe(503);
    clear();
    expect((await login(wallet.authCode(one))).status).toBe(200);
  });

  it('is refused by name when there is none of that name, or when it can never apply', () => {
    expect(() => wallet.failNext('USED_KODE')).toThrow(/no fault "USED_KODE".*outage, timeout.*USED_CODE/);
    expect(() => wallet.failNext('USED_CODE', { operation: 'inquiryUserInfo' })).toThrow(/is for applyToken/);
  });
});

describe('overrideVodaPayUser', () => {
  it('makes every request that of one user, and of nobody, until it is taken back', async () => {
    const end = overrideVodaPayUser(app, { accountId: 'account-7', missing: ['email'] });
    expect((await sendJson(`${url}/me`, { method: 'GET' })).body).toMatchObject({
      accountId: 'account-7',
      userId: TEST_USER_ID,
      credential: 'session',
    });
    expect((await sendJson(`${url}/orders`, { method: 'GET' })).body).toMatchObject({ missing: ['email'] });
    end();
    expect((await sendJson(`${url}/me`, { method: 'GET' })).status).toBe(401);
    const endNobody = overrideVodaPayUser(app, undefined);
    expect((await me(await bearerOf().catch(() => 'vps_none'))).body['code']).toBe('VODAPAY_CREDENTIALS_MISSING');
    expect((await sendJson(`${url}/greeting`, { method: 'GET' })).body).toEqual({ hello: 'stranger' });
    endNobody();
  });

  it('works on the builder too', async () => {
    const builder = VodaPayTestingModule.replaceIn(Test.createTestingModule({ imports: [AppModule] }), {
      accounts: new Accounts(),
    });
    const testing = await overrideVodaPayUser(builder, { userId: '216610000000000000008' }).compile();
    const other = testing.createNestApplication();
    await other.listen(0, '127.0.0.1');
    const answer = await sendJson(`${await other.getUrl()}/greeting`, { method: 'GET' });
    expect(answer.body).toEqual({ hello: '216610000000000000008' });
    await other.close();
  });
});

describe('VodaPayTestingModule.forRoot', () => {
  it('stands in the place of VodaPayModule, with a database in memory', async () => {
    const testing = await Test.createTestingModule({
      imports: [AccountsModule, VodaPayTestingModule.forRoot({ accounts: new Accounts(), namespace: 'tests' })],
      controllers: [MeController],
    }).compile();
    const small = testing.createNestApplication();
    await small.listen(0, '127.0.0.1');
    const { token, headers } = await signInAs(small);
    recordSecret('session token', token);
    const answer = await fetch(`${await small.getUrl()}/me`, { headers });
    expect(await answer.json()).toMatchObject({ userId: TEST_USER_ID, namespace: 'tests' });
    await small.close();
  });
});

describe('The testing kit', () => {
  it('refuses to start where NODE_ENV is production', () => {
    vi.stubEnv('NODE_ENV', 'production');
    try {
      const accounts = new Accounts();
      expect(() => VodaPayTestingModule.forRoot({ accounts })).toThrow(/signs anybody in, and NODE_ENV is production/);
      const builder = Test.createTestingModule({ imports: [AppModule] });
      expect(() => VodaPayTestingModule.replaceIn(builder)).toThrow(/NODE_ENV is production/);
      expect(() => overrideVodaPayUser(app, {})).toThrow(/NODE_ENV is production/);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('says so where an application still calls a real wallet, or has no VodaPayModule', async () => {
    const empty = await Test.createTestingModule({}).compile();
    expect(() => testWalletOf(empty)).toThrow(/has no VodaPayModule of the name "default"/);
    const { VodaPayModule } = await import('nestjs-vodapay');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const real = await Test.createTestingModule({
      imports: [
        VodaPayTestingModule.forRoot({ accounts: new Accounts() }),
        VodaPayModule.forRoot({
          name: 'real',
          dataSource: 'nestjs-vodapay-testing',
          environment: 'sandbox',
          clientId: 'A',
          privateKey: recordSecret('private key', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
          vodapayPublicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
          accounts: new Accounts(),
        }),
      ],
    }).compile();
    expect(() => testWalletOf(real, 'real')).toThrow(/calls a real wallet/);
    expect(testWalletOf(real)).toBeDefined();
    await real.close();
  });
});
