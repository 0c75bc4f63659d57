import { HttpService } from '@nestjs/axios';
import { Agent, getGlobalDispatcher, MockAgent, setGlobalDispatcher, type MockPool } from 'undici';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openHttpClient } from '../../libs/vodapay/src/inquiry/open-http-client.js';
import type { VodaPayInquiryService } from '../../libs/vodapay/src/inquiry/vodapay-inquiry.service.js';
import type { ResolvedVodaPayOptions } from '../../libs/vodapay/src/vodapay.options.js';
import { ACCESS_TOKEN, AUTH_CODE, CLIENT_ID, inquiryOver, resolvedOptions } from './inquiry-under-test.js';
import { S, ScriptedWallet, signatureHeaders, success, USER_ID } from './scripted-wallet.js';
import { selfSignedCertificate } from './self-signed-certificate.js';

const WALLET = 'https://wallet.example';
const INQUIRY = '/v2/customers/user/inquiryUserInfo';
const TOKENS = '/v2/authorizations/applyToken';

/** As the module makes it from `http: { transport: 'undici' }`. */
async function opened(overrides: Partial<ResolvedVodaPayOptions> = {}): Promise<VodaPayInquiryService> {
  const options = resolvedOptions({ baseUrl: WALLET, http: { transport: 'undici' }, ...overrides });
  return inquiryOver(options, Date.now, new HttpService(await openHttpClient(options)));
}

const before = getGlobalDispatcher();
afterEach(() => setGlobalDispatcher(before));

describe("undici's MockAgent, made the global dispatcher by a test", () => {
  let agent: MockAgent;
  let wallet: MockPool;
  beforeEach(() => {
    agent = new MockAgent();
    agent.disableNetConnect();
    wallet = agent.get(WALLET);
  });
  afterEach(() => agent.close());

  it('stands in the place of the network, though it is installed after the service was made', async () => {
    const inquiry = await opened();
    setGlobalDispatcher(agent);
    const text = JSON.stringify({ result: S, userInfo: { userId: USER_ID } });
    const headers = signatureHeaders(
      { path: INQUIRY, headers: { 'client-id': CLIENT_ID }, body: '', verified: true },
      text,
    );
    wallet.intercept({ path: INQUIRY, method: 'POST' }).reply(200, text, { headers });
    await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).resolves.toMatchObject({ userId: USER_ID });
    agent.assertNoPendingInterceptors();
  });

  it.each([
    ['ECONNREFUSED', 'connect', true, 3],
    ['ECONNRESET', 'read', false, 1],
    ['UND_ERR_SOCKET', undefined, false, 1],
  ])('fails an auth code with %s (%s): never sent %s, tries %i', async (code, syscall, neverSent, tries) => {
    setGlobalDispatcher(agent);
    let asked = 0;
    wallet
      .intercept({ path: TOKENS, method: () => (asked += 1) > 0 })
      .replyWithError(Object.assign(new Error(code), { code, syscall }))
      .persist();
    const inquiry = await opened();
    await expect(inquiry.applyToken(AUTH_CODE)).rejects.toMatchObject({ code: 'VODAPAY_UNREACHABLE', neverSent });
    expect(asked).toBe(tries);
  });
});

describe('any other global dispatcher', () => {
  it('is not asked: it may have TLS verification switched off (R10)', async () => {
    const wallet = new ScriptedWallet(selfSignedCertificate());
    onTestFinished(() => wallet.close());
    const baseUrl = `https://localhost:${await wallet.listen()}`;
    wallet.script(success);
    const unsafe = new Agent({ connect: { rejectUnauthorized: false } });
    onTestFinished(() => unsafe.close());
    setGlobalDispatcher(unsafe);
    const inquiry = await opened({ baseUrl, maxAttempts: 1 });
    await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).rejects.toMatchObject({
      code: 'VODAPAY_UNREACHABLE',
      message: expect.stringContaining('self-signed'),
    });
    expect(wallet.calls).toHaveLength(0);
  });
});

describe('the transport undici', () => {
  it('without its package stops the start and names what to install', async () => {
    onTestFinished(() => vi.doUnmock('undici'));
    vi.doMock('undici', () => {
      throw new Error("Cannot find package 'undici'");
    });
    await expect(opened()).rejects.toThrow(/http\.transport.*npm install undici@7/);
    vi.doUnmock('undici');
    await expect(opened()).resolves.toBeDefined();
  });
});
