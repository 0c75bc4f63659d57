import http from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { VodaPayError } from '../../libs/vodapay/src/errors.js';
import { retryDelayMs as delayMs } from '../../libs/vodapay/src/inquiry/retry-delay.js';
import { DEFAULTS } from '../../libs/vodapay/src/vodapay.options.js';
import { ACCESS_TOKEN, AUTH_CODE, inquiryOver, REFRESH_TOKEN } from './inquiry-under-test.js';
import { hangUp, refusal, ScriptedWallet, success, tokens, USER_ID, type Reply } from './scripted-wallet.js';

const wallet = new ScriptedWallet();
let baseUrl: string;

beforeAll(async () => {
  baseUrl = `http://127.0.0.1:${await wallet.listen()}`;
});
afterEach(() => void vi.restoreAllMocks());
afterAll(() => wallet.close());

const serverError: Reply = (_call, response) => void response.writeHead(502).end();
const throttled: Reply = (_call, response) => void response.writeHead(429).end();

describe('an inquiry is asked again', () => {
  it('after U, each time with its own time and a signature over it', async () => {
    let clock = Date.now();
    wallet.script(refusal('UNKNOWN_EXCEPTION', 'U'), refusal('UNKNOWN_EXCEPTION', 'U'), success);
    const inquiry = inquiryOver({ baseUrl }, () => (clock += 1));
    await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).resolves.toMatchObject({ userId: USER_ID });
    expect(wallet.calls).toHaveLength(3);
    expect(wallet.calls.every((call) => call.verified)).toBe(true);
    expect(new Set(wallet.calls.map((call) => call.headers['request-time'])).size).toBe(3);
    expect(new Set(wallet.calls.map((call) => call.headers['signature'])).size).toBe(3);
    expect(new Set(wallet.calls.map((call) => call.body)).size).toBe(1);
  });

  it.each([
    ['a lost connection', hangUp],
    ['a server error', serverError],
    ['a throttled call', throttled],
    ['the traffic limit as a result', refusal('REQUEST_TRAFFIC_EXCEED_LIMIT', 'U')],
  ])('after %s', async (_title, reply) => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    wallet.script(reply, success);
    await expect(inquiryOver({ baseUrl }).inquiryUserInfo(ACCESS_TOKEN)).resolves.toMatchObject({ userId: USER_ID });
    expect(wallet.calls).toHaveLength(2);
  });

  it('as often as maxAttempts says, and no more', async () => {
    wallet.script(serverError);
    const attempts = async (maxAttempts: number): Promise<number> => {
      wallet.calls.length = 0;
      await inquiryOver({ baseUrl, maxAttempts })
        .inquiryUserInfo(ACCESS_TOKEN)
        .catch(() => undefined);
      return wallet.calls.length;
    };
    expect(await attempts(1)).toBe(1);
    expect(await attempts(2)).toBe(2);
    expect(await attempts(4)).toBe(4);
  });
});

describe('a call that uses something up', () => {
  const calls = [
    ['an auth code', (url: string) => inquiryOver({ baseUrl: url }).applyToken(AUTH_CODE)],
    ['a refresh token', (url: string) => inquiryOver({ baseUrl: url }).refreshToken(REFRESH_TOKEN)],
  ] as const;
  const failures = [
    ['U', refusal('UNKNOWN_EXCEPTION', 'U')],
    ['the traffic limit', refusal('REQUEST_TRAFFIC_EXCEED_LIMIT', 'U')],
    ['a server error', serverError],
    ['a lost connection', hangUp],
  ] as const;

  it.each(calls.flatMap(([what, call]) => failures.map(([after, reply]) => ({ what, call, after, reply }))))(
    '($what) is never sent twice, here after $after',
    async ({ call, reply }) => {
      wallet.script(reply, tokens);
      await expect(call(baseUrl)).rejects.toMatchObject({ retryable: true, neverSent: false });
      expect(wallet.calls).toHaveLength(1);
    },
  );

  it('is tried again while nothing of it has left', async () => {
    const closed = new ScriptedWallet();
    const closedUrl = `http://127.0.0.1:${await closed.listen()}`;
    await closed.close();
    const request = vi.spyOn(http, 'request');
    await expect(inquiryOver({ baseUrl: closedUrl }).applyToken(AUTH_CODE)).rejects.toMatchObject({
      code: 'VODAPAY_UNREACHABLE',
      neverSent: true,
    });
    expect(request).toHaveBeenCalledTimes(3);
  });
});

describe('the wait before another attempt', () => {
  const failure = (code: 'VODAPAY_UNREACHABLE' | 'VODAPAY_TRAFFIC_LIMITED', retryAfterMs?: number): VodaPayError =>
    new VodaPayError(code, retryAfterMs === undefined ? {} : { retryAfterMs });

  const retryDelayMs = (attempt: number, error: VodaPayError, random: number): number =>
    delayMs(attempt, error, DEFAULTS.resilience, random);

  it.each([
    [1, 0, 0],
    [1, 0.5, 50],
    [1, 1, 100],
    [2, 1, 200],
    [3, 1, 400],
    [6, 1, 2_000],
    [10, 1, 2_000],
  ])(
    'grows from 100 ms with full jitter to at most 2 s (attempt %i, random %d: %i ms)',
    (attempt, random, expected) => {
      expect(retryDelayMs(attempt, failure('VODAPAY_UNREACHABLE'), random)).toBe(expected);
    },
  );

  it('begins at one second when the wallet throttles', () => {
    expect(retryDelayMs(1, failure('VODAPAY_TRAFFIC_LIMITED'), 1)).toBe(1_000);
    expect(retryDelayMs(2, failure('VODAPAY_TRAFFIC_LIMITED'), 1)).toBe(2_000);
    expect(retryDelayMs(3, failure('VODAPAY_TRAFFIC_LIMITED'), 1)).toBe(2_000);
  });

  it('is at least what Retry-After asks for, but never more than 2 s', () => {
    expect(retryDelayMs(1, failure('VODAPAY_UNREACHABLE', 700), 0)).toBe(700);
    expect(retryDelayMs(1, failure('VODAPAY_UNREACHABLE', 60_000), 1)).toBe(2_000);
  });
});
