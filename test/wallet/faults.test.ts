import { verify } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FAULTS } from '../../apps/wallet/src/faults/faults.js';
import { VARIANTS } from '../../apps/wallet/src/faults/variants.js';
import { RESULT_CODES } from '../../apps/wallet/src/protocol/result-codes.js';
import { startWallet, type RunningWallet } from '../../apps/wallet/src/start-wallet.js';
import {
  APPLY_TOKEN,
  applyToken,
  CLIENT_ID,
  inquire,
  INQUIRY,
  MERCHANT,
  refresh,
  type WalletAnswer,
} from './merchant-client.js';
import { isSigned } from './verify-answer.js';

let wallet: RunningWallet;
let nowMs = Date.now();

beforeAll(async () => {
  wallet = await startWallet({
    clientId: CLIENT_ID,
    merchantPublicKey: MERCHANT.publicKey,
    slowMs: 40,
    skewMs: 3_600_000,
    now: () => nowMs,
  });
});
afterAll(() => wallet.stop());
beforeEach(async () => {
  nowMs = Date.now();
  await fetch(`${wallet.controlUrl}/faults`, { method: 'DELETE' });
});

const signed = (answer: WalletAnswer, path = APPLY_TOKEN): boolean => isSigned(answer, path, wallet.publicKey);
const withFault = (fault: string): Promise<WalletAnswer> =>
  applyToken(wallet.url, wallet.issueCode({ userId: 'someone', fault }));

async function inquireWithFault(fault: string): Promise<WalletAnswer> {
  const tokens = await withFault(fault);
  expect(tokens.json.result.resultCode).toBe('SUCCESS');
  return inquire(wallet.url, tokens.json['accessToken']);
}

describe('A fault spoils the answer in its own way and in no other:', () => {
  it.each<readonly [string, (answer: WalletAnswer) => void]>([
    ['bad-signature', (answer) => expect([answer.headers.has('signature'), signed(answer)]).toEqual([true, false])],
    ['unsigned', (answer) => expect(answer.headers.has('signature')).toBe(false)],
    ['stale', (answer) => expect(ageMs(answer)).toBeGreaterThan(500_000)],
    ['future', (answer) => expect(ageMs(answer)).toBeLessThan(-500_000)],
    ['other-client', (answer) => expect(answer.headers.get('client-id')).not.toBe(CLIENT_ID)],
    ['unknown-key', (answer) => expect(answer.headers.get('signature')).toContain('keyVersion=99')],
  ])('%s leaves the result a success', async (fault, expectSpoilt) => {
    const answer = await withFault(fault);
    expect(answer.json.result.resultStatus).toBe('S');
    expectSpoilt(answer);
    if (!['bad-signature', 'unsigned'].includes(fault)) expect(signed(answer)).toBe(true);
  });

  it.each<readonly [string, object]>([
    ['U', { resultCode: 'UNKNOWN_EXCEPTION', resultStatus: 'U' }],
    ['traffic', { resultCode: 'REQUEST_TRAFFIC_EXCEED_LIMIT', resultStatus: 'U' }],
    ['status-A', { resultStatus: 'A' }],
    ['unseen-F', { resultCode: 'NEVER_SEEN_BEFORE', resultStatus: 'F' }],
    ['unseen-U', { resultCode: 'NEVER_SEEN_BEFORE', resultStatus: 'U' }],
  ])('%s is a signed result', async (fault, result) => {
    const answer = await withFault(fault);
    expect(answer.json.result).toMatchObject(result);
    expect(signed(answer)).toBe(true);
  });

  it.each<readonly [string, (answer: WalletAnswer) => void]>([
    ['not-json', ({ text }) => expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError)],
    ['not-object', ({ json }) => expect(Array.isArray(json)).toBe(true)],
    ['no-result', ({ json }) => expect(json).not.toHaveProperty('result')],
    ['no-access-token', ({ json }) => expect(json).not.toHaveProperty('accessToken')],
    ['json-null', ({ text }) => expect(text).toBe('null')],
    ['empty', ({ text }) => expect(text).toBe('')],
    ['result-text', ({ json }) => expect(json.result).toBe('SUCCESS')],
    ['numeric-access-token', ({ json }) => expect(json['accessToken']).toBe(12345)],
    ['no-refresh-token', ({ json }) => expect(json).not.toHaveProperty('refreshToken')],
    ['odd-expiry', ({ json }) => expect(json['accessTokenExpiryTime']).toBe('in ten years')],
    ['too-large', ({ text, json }) => expect([text.length > 1_048_576, json.result.resultStatus]).toEqual([true, 'S'])],
  ])('%s is a signed body', async (fault, expectSpoilt) => {
    const answer = await withFault(fault);
    expectSpoilt(answer);
    expect(signed(answer)).toBe(true);
  });

  it.each<readonly [string, RegExp]>([
    ['no-user-info', /^\{"result":\{[^}]*\}\}$/],
    ['no-user-id', /"userInfo":\{"status"/],
    ['numeric-user-id', /"userId":216610000000000000001,/],
    ['blank-user-id', /"userId":" {3}"/],
    ['null-user-info', /"userInfo":null\}$/],
    ['user-info-list', /"userInfo":\[\{/],
    ['long-user-id', /"userId":"2{65}"/],
    ['other-user', /"userId":"216610000000000009999"/],
    ['frozen', /"status":"FROZEN"/],
    ['inactive', /"status":"INACTIVE"/],
    ['unseen-status', /"status":"HIBERNATING"/],
    ['nulls', /"userName":null,.*"contactInfos":null/],
    ['numbers-for-text', /"nickName":12345/],
    ['contacts-swapped', /"contactInfos":\[\{"contactType":"MOBILE_PHONE"/],
    ['odd-contacts', /"contactInfos":\[null,/],
    ['odd-phone', /"contactNo":"call me"/],
    ['markup', /"nickName":"<img/],
  ])('%s is a signed answer about the user', async (fault, body) => {
    const answer = await inquireWithFault(fault);
    expect(answer.text).toMatch(body);
    expect(signed(answer, INQUIRY)).toBe(true);
  });

  it.each<readonly [string, number, string | undefined]>([
    ['html', 200, undefined],
    ['redirect', 307, 'location'],
    ['redirect-away', 302, 'location'],
    ['401', 401, undefined],
    ['404', 404, undefined],
    ['429', 429, 'retry-after'],
    ['500', 500, undefined],
    ['502', 502, undefined],
    ['503', 503, 'retry-after'],
    ['504', 504, undefined],
  ])('%s is a page of HTML with status %i, unsigned', async (fault, status, header) => {
    const answer = await withFault(fault);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('text/html');
    expect(answer.headers.has('signature')).toBe(false);
    if (header !== undefined) expect(answer.headers.has(header)).toBe(true);
  });

  it.each<readonly [string, RegExp]>([
    ['hex-signature', /signature=[0-9a-f]{512}$/],
    ['short-signature', /signature=[A-Za-z0-9+/]{171}=$/],
    ['lost-plus', /signature= ?[A-Za-z0-9/ ]+==$/],
    ['other-algorithm', /^algorithm=HS256,/],
  ])('%s is a signature nobody should take', async (fault, header) => {
    const answer = await withFault(fault);
    expect(answer.headers.get('signature')).toMatch(header);
    expect(signed(answer)).toBe(false);
  });

  it('no-time signs a Response-Time that is none, bare sends none at all', async () => {
    expect((await withFault('no-time')).headers.get('response-time')).toBe('yesterday');
    const bare = await withFault('bare');
    expect(['client-id', 'response-time', 'signature'].filter((name) => bare.headers.has(name))).toEqual([]);
    expect(bare.json.result.resultStatus).toBe('S');
  });

  it('bom and not-utf-8 are bytes that a strict reader refuses', async () => {
    for (const fault of ['bom', 'not-utf-8']) {
      const code = wallet.issueCode({ userId: 'someone', fault });
      const { bytes } = await applyToken(wallet.url, code);
      const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
      expect(() => JSON.parse(strict.decode(bytes)) as unknown).toThrow();
    }
  });

  it.each(Object.keys(VARIANTS))('%s is another spelling of a right answer', async (fault) => {
    const code = wallet.issueCode({ userId: '216610000000000000001', fault });
    const answer = await applyToken(wallet.url, code);
    expect(answer.json.result.resultStatus).toBe('S');
    expect(answer.json['accessToken']).toMatch(/^0000000002/);
    const value = /signature=(.*)$/.exec(answer.headers.get('signature') ?? '')?.[1] ?? '';
    const text = `POST ${APPLY_TOKEN}\n${CLIENT_ID}.${answer.headers.get('response-time')}.${answer.text}`;
    const bytes = Buffer.from(decodeURIComponent(value), 'base64');
    expect(verify('sha256', Buffer.from(text), wallet.publicKey, bytes)).toBe(true);
    expect(Math.abs(ageMs(answer))).toBeLessThan(60_000);
  });

  it('trickle sends the headers at once and the body a few bytes at a time', async () => {
    const startedMs = performance.now();
    const answer = await withFault('trickle');
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(39);
    expect(signed(answer)).toBe(true);
  });

  it('slow answers late, and right', async () => {
    const startedMs = performance.now();
    expect(signed(await withFault('slow'))).toBe(true);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(39);
  });

  it.each(['cut', 'reset'])('%s ends the connection', async (fault) => {
    await expect(withFault(fault)).rejects.toThrow(/terminated|fetch failed/);
  });

  it('hang never answers', async () => {
    const code = wallet.issueCode({ userId: 'someone', fault: 'hang' });
    await expect(applyToken(wallet.url, code, { signal: AbortSignal.timeout(100) })).rejects.toThrow(/timeout/);
    expect(wallet.calls.at(-1)).toMatchObject({ fault: 'hang' });
    expect(wallet.calls.at(-1)).not.toHaveProperty('resultCode');
  });

  it.each(Object.entries(RESULT_CODES).filter(([code]) => code !== 'SUCCESS'))(
    '%s is answered signed to the call whose table lists it, and unsigned on request',
    async (code, { calls, status }) => {
      const [call = 'token'] = calls;
      for (const [name, sealed] of [
        [`${call}:${code}`, true],
        [`${call}:unsigned:${code}`, false],
        [`${call}:bad-signature:${code}`, false],
      ] as const) {
        const answer = await answerTo(call, name);
        expect(answer.json.result).toMatchObject({ resultCode: code, resultStatus: status });
        expect(signed(answer, call === 'inquiry' ? INQUIRY : APPLY_TOKEN)).toBe(sealed);
      }
    },
  );
});

describe('A fault that goes with a code', () => {
  it('spoils the first call it can when no prefix chooses another', async () => {
    expect((await withFault('INVALID_API')).json.result.resultCode).toBe('INVALID_API');
    expect((await inquireWithFault('EXPIRED_ACCESS_TOKEN')).json.result.resultCode).toBe('EXPIRED_ACCESS_TOKEN');
    expect((await inquireWithFault('inquiry:U')).json.result.resultStatus).toBe('U');
  });

  it('goes on to every token that comes from the code', async () => {
    const first = (await withFault('inquiry:PROCESS_FAIL')).json;
    const second = (await refresh(wallet.url, first['refreshToken'])).json;
    for (const token of [first['accessToken'], first['accessToken'], second['accessToken']]) {
      expect((await inquire(wallet.url, token)).json.result.resultCode).toBe('PROCESS_FAIL');
    }
  });

  it.each(['U', 'UNKNOWN_EXCEPTION', 'bad-signature', 'cut', '500'])(
    'uses the code up when it is %s',
    async (fault) => {
      const code = wallet.issueCode({ userId: 'someone', fault });
      await applyToken(wallet.url, code).catch(() => undefined);
      expect((await applyToken(wallet.url, code)).json.result.resultCode).toBe('USED_CODE');
    },
  );

  it.each(['traffic', '429', 'INVALID_API'])('leaves the code unused when it is %s', async (fault) => {
    const code = wallet.issueCode({ userId: 'someone', fault });
    const [first, second] = [await applyToken(wallet.url, code), await applyToken(wallet.url, code)];
    expect(second.text).toBe(first.text);
  });

  it('must have a name that is known and that fits the call', () => {
    expect(() => wallet.issueCode({ userId: 'someone', fault: 'nope' })).toThrow(
      /Unknown fault "nope"\. Known: .*slow/,
    );
    expect(() => wallet.issueCode({ userId: 'someone', fault: 'SUCCESS' })).toThrow(/Unknown fault/);
    expect(() => wallet.issueCode({ userId: 'someone', fault: 'slow:USED_CODE' })).toThrow(/Unknown fault/);
    expect(() => wallet.issueCode({ userId: 'someone', fault: 'token:no-user-id' })).toThrow(/it is for inquiry/);
    for (const name of Object.keys(FAULTS)) expect(wallet.issueCode({ userId: 'someone', fault: name })).toBeTruthy();
  });
});

describe('A fault by rule', () => {
  it('spoils the calls of one user as often as it says', async () => {
    await rule({ userId: 'unlucky', operation: 'inquiryUserInfo', fault: 'U', times: 2 });
    const token = (await applyToken(wallet.url, wallet.issueCode({ userId: 'unlucky' }))).json['accessToken'];
    const lucky = (await applyToken(wallet.url, wallet.issueCode({ userId: 'lucky' }))).json['accessToken'];
    expect((await inquire(wallet.url, lucky)).json.result.resultStatus).toBe('S');
    const statuses: string[] = [];
    for (let call = 0; call < 3; call += 1) statuses.push((await inquire(wallet.url, token)).json.result.resultStatus);
    expect(statuses).toEqual(['U', 'U', 'S']);
  });

  it('spoils every call of an operation until it is cleared', async () => {
    await rule({ operation: 'applyToken', fault: '404' });
    expect((await applyToken(wallet.url, wallet.issueCode({ userId: 'a' }))).status).toBe(404);
    await fetch(`${wallet.controlUrl}/faults`, { method: 'DELETE' });
    expect((await applyToken(wallet.url, wallet.issueCode({ userId: 'a' }))).status).toBe(200);
  });
});

async function answerTo(call: 'token' | 'refresh' | 'inquiry', fault: string): Promise<WalletAnswer> {
  if (call === 'token') return withFault(fault);
  if (call === 'inquiry') return inquireWithFault(fault);
  return refresh(wallet.url, (await withFault(fault)).json['refreshToken']);
}

async function rule(body: object): Promise<void> {
  const response = await fetch(`${wallet.controlUrl}/faults`, { method: 'POST', body: JSON.stringify(body) });
  expect(response.status).toBe(200);
}

function ageMs(answer: WalletAnswer): number {
  return nowMs - Date.parse(answer.headers.get('response-time') ?? '');
}
