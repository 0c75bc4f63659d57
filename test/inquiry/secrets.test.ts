import { inspect } from 'node:util';
import { HttpService } from '@nestjs/axios';
import axios from 'axios';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../libs/vodapay/src/vodapay.options.js';
import { captureLogs } from './captured-logs.js';
import { ACCESS_TOKEN, AUTH_CODE, inquiryOver, REFRESH_TOKEN } from './inquiry-under-test.js';
import {
  hangUp,
  merchantKeys,
  refusal,
  S,
  signed,
  silence,
  success,
  tokens,
  USER_ID,
  type Reply,
} from './scripted-wallet.js';
import { useScriptedWallet } from './use-scripted-wallet.js';

const wallet = useScriptedWallet();
let logs: ReturnType<typeof captureLogs>;

beforeEach(() => {
  logs = captureLogs();
});
afterEach(() => logs.release());

/** What must be nowhere: what was sent, how it was signed, with what, and what the wallet said. */
function secrets(): readonly string[] {
  const keyLine = merchantKeys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().split('\n')[3] ?? '';
  const signatures = wallet.calls.map(({ headers }) => String(headers['signature']).split('signature=')[1] ?? '');
  return [ACCESS_TOKEN, AUTH_CODE, REFRESH_TOKEN, PRIVATE_WORDS, 'FROMWALLET', keyLine, ...signatures];
}

const PRIVATE_WORDS = 'Thandi 0821234567';

function expectNoSecretIn(shown: string): void {
  for (const secret of secrets()) {
    expect(secret).not.toBe('');
    expect(shown).not.toContain(secret);
  }
}

const quoting: Reply = (call, response) => void response.writeHead(400).end(`${call.body} ${PRIVATE_WORDS}`);
const cutAfterQuote: Reply = (call, response) => {
  response.writeHead(200, { 'Content-Length': '5000' }).write(call.body);
  setImmediate(() => response.destroy());
};
const talkative = signed({ result: { resultCode: 'PROCESS_FAIL', resultStatus: 'F', resultMessage: PRIVATE_WORDS } });
const withoutId = signed({ result: S, userInfo: { nickName: PRIVATE_WORDS } });
const withoutToken = signed({ result: S, refreshToken: REFRESH_TOKEN });

describe('no error shows a secret, however deep one looks, and no log line does', () => {
  it.each([
    ['lost connection', hangUp],
    ['no answer in time', silence],
    ['an answer that quotes the request', quoting],
    ['a cut answer that quotes the request', cutAfterQuote],
    ['a refusal with a message', talkative],
    ['U', refusal('UNKNOWN_EXCEPTION', 'U')],
    ['an answer without what it should hold', withoutToken],
    ['an answer without userInfo', signed({ result: S })],
  ] as const)('%s', async (_title, reply) => {
    for (const http of [undefined, new HttpService(axios.create())]) {
      const inquiry = inquiryOver({ baseUrl: wallet.baseUrl, timeoutMs: 200 }, Date.now, http);
      const calls = [
        () => inquiry.inquiryUserInfo(ACCESS_TOKEN),
        () => inquiry.applyToken(AUTH_CODE),
        () => inquiry.refreshToken(REFRESH_TOKEN),
      ];
      for (const call of calls) {
        wallet.script(reply);
        const error: unknown = await call().catch((failure: unknown) => failure);
        expect(error).toBeInstanceOf(Error);
        expectNoSecretIn(inspect(error, { depth: 20, showHidden: true }));
        expectNoSecretIn(JSON.stringify(error));
      }
    }
    expect(logs.lines.length).toBeGreaterThan(0);
    expectNoSecretIn(logs.lines.join('\n'));
  });

  it('where the credentials are malformed', async () => {
    wallet.script(success);
    const malformed = `${ACCESS_TOKEN}\n`;
    const error: unknown = await inquiryOver({ baseUrl: wallet.baseUrl })
      .inquiryUserInfo(malformed)
      .catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(Error);
    expectNoSecretIn(inspect(error, { depth: 20, showHidden: true }));
  });

  it('where the calls succeed', async () => {
    const inquiry = inquiryOver({ baseUrl: wallet.baseUrl });
    wallet.script(tokens);
    await inquiry.applyToken(AUTH_CODE);
    wallet.script(success);
    await inquiry.inquiryUserInfo(ACCESS_TOKEN);
    wallet.script(withoutId);
    await inquiry.inquiryUserInfo(ACCESS_TOKEN);
    expectNoSecretIn(logs.lines.join('\n'));
    expect(logs.lines.join('\n')).not.toContain(USER_ID);
  });
});

describe('the log', () => {
  it('tells each attempt for debugging, and a failed call once as a warning', async () => {
    wallet.script(refusal('UNKNOWN_EXCEPTION', 'U'), refusal('PROCESS_FAIL', 'F'));
    await expect(inquiryOver({ baseUrl: wallet.baseUrl }).inquiryUserInfo(ACCESS_TOKEN)).rejects.toThrow();
    const attempt = 'debug The wallet was asked. vodapay.wallet.attempt operation=inquiryUserInfo attempt=';
    const failed = 'code=VODAPAY_PROCESS_FAILED resultCode=PROCESS_FAIL';
    expect(logs.lines.map((line) => line.replace(/durationMs=\d+/, 'durationMs=n'))).toEqual([
      `${attempt}1 code=VODAPAY_UNKNOWN_EXCEPTION resultCode=UNKNOWN_EXCEPTION durationMs=n VodaPay`,
      `${attempt}2 ${failed} durationMs=n VodaPay`,
      `warn An operation of the wallet failed. vodapay.wallet.failed operation=inquiryUserInfo ${failed} VodaPay`,
    ]);
  });

  it('has no warning for a call that succeeds in the end', async () => {
    wallet.script(refusal('UNKNOWN_EXCEPTION', 'U'), success);
    await inquiryOver({ baseUrl: wallet.baseUrl }).inquiryUserInfo(ACCESS_TOKEN);
    expect(logs.lines.map((line) => line.split(' ')[0])).toEqual(['debug', 'debug']);
  });
  it("has a warning for the wallet's traffic limit, and none for calls that are held back whole after it", async () => {
    const resilience = { ...DEFAULTS.resilience, throttledRetryBaseMs: 1, slowDownAfter: 1, slowDownMaxWaitMs: 0 };
    const inquiry = inquiryOver({ baseUrl: wallet.baseUrl, resilience });
    wallet.script((_call, response) => void response.writeHead(429).end());
    await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).rejects.toThrow();
    await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).rejects.toMatchObject({ code: 'VODAPAY_TRAFFIC_LIMITED' });
    expect(wallet.calls).toHaveLength(1);
    expect(logs.lines.map((line) => line.match(/^\w+|vodapay\.\S+/g)?.join(' '))).toEqual([
      'debug vodapay.wallet.attempt',
      'warn vodapay.wallet.failed',
      'debug vodapay.wallet.held-back',
    ]);
  });
});
