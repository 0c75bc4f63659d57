import { HttpService } from '@nestjs/axios';
import { describe, expect, it } from 'vitest';
import { createHttpClient } from '../../../libs/vodapay/src/inquiry/create-http-client.js';
import { VodaPayInquiryService } from '../../../libs/vodapay/src/inquiry/vodapay-inquiry.service.js';
import { DEFAULTS } from '../../../libs/vodapay/src/vodapay.options.js';
import { ACCESS_TOKEN, AUTH_CODE, resolvedOptions } from '../inquiry-under-test.js';
import { hangUp, refusal, silence, success } from '../scripted-wallet.js';
import { useScriptedWallet } from '../use-scripted-wallet.js';
import { GivenClock } from './given-clock.js';

const { circuitProbeEveryMs, retryBudget } = DEFAULTS.resilience;

const wallet = useScriptedWallet();

function inquiryAt(clock: GivenClock, overrides: Parameters<typeof resolvedOptions>[0] = {}): VodaPayInquiryService {
  const options = resolvedOptions({ baseUrl: wallet.baseUrl, ...overrides });
  return new VodaPayInquiryService(new HttpService(createHttpClient(options)), options, Date.now, clock.read);
}

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'S',
    (error: { readonly code: string }) => error.code,
  );

describe('A wallet that is down for a minute', () => {
  it('is left alone but for one probe an interval, refused at once, and used again as soon as a probe is answered', async () => {
    const clock = new GivenClock();
    const inquiry = inquiryAt(clock);
    wallet.script(hangUp);
    for (let call = 0; call < 20; call += 1) await codeOf(inquiry.inquiryUserInfo(ACCESS_TOKEN));
    expect(inquiry.circuit('inquiryUserInfo').state).toBe('open');
    expect(inquiry.circuit('applyToken').state).toBe('closed');

    const before = wallet.calls.length;
    const took: number[] = [];
    for (let second = 0; second < 60; second += 1) {
      clock.now += 1_000;
      for (let request = 0; request < 3; request += 1) {
        const startedAt = performance.now();
        const code = await codeOf(inquiry.inquiryUserInfo(ACCESS_TOKEN));
        if (code === 'VODAPAY_CIRCUIT_OPEN') took.push(performance.now() - startedAt);
      }
    }
    expect(wallet.calls.length - before).toBe(60_000 / circuitProbeEveryMs);
    expect(took.toSorted((one, other) => one - other)[Math.floor(took.length / 2)]).toBeLessThan(5);

    wallet.script(success);
    clock.now += circuitProbeEveryMs;
    const answers = await Promise.all(Array.from({ length: 50 }, () => codeOf(inquiry.inquiryUserInfo(ACCESS_TOKEN))));
    expect(answers.filter((code) => code === 'S')).toHaveLength(1);
    expect(wallet.calls).toHaveLength(1);
    expect(inquiry.circuit('inquiryUserInfo').state).toBe('closed');
    await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).resolves.toBeDefined();
  });

  it('keeps an auth code that is sent while it is down unspent', async () => {
    const clock = new GivenClock();
    const inquiry = inquiryAt(clock);
    wallet.script(hangUp);
    for (let call = 0; call < 20; call += 1) await codeOf(inquiry.applyToken(AUTH_CODE));
    const before = wallet.calls.length;
    await expect(inquiry.applyToken(AUTH_CODE)).rejects.toMatchObject({
      code: 'VODAPAY_CIRCUIT_OPEN',
      retryAfterMs: circuitProbeEveryMs,
      neverSent: true,
    });
    expect(wallet.calls.length).toBe(before);
  });
});

describe('A call that waits for a slot until its deadline', () => {
  it('leaves its auth code unspent, and says so', async () => {
    // Three quarters of two slots: one for sign-ins.
    const resilience = { ...DEFAULTS.resilience, maxConnections: 2 };
    const inquiry = inquiryAt(new GivenClock(), { timeoutMs: 200, resilience });
    wallet.script(silence);
    const leaving = new AbortController();
    const out = inquiry.inquiryUserInfo(ACCESS_TOKEN, { timeoutMs: 60_000, signal: leaving.signal });
    const deadline = { code: 'VODAPAY_DEADLINE_EXCEEDED', status: 504, neverSent: true };
    await expect(inquiry.applyToken(AUTH_CODE)).rejects.toMatchObject(deadline);
    leaving.abort();
    await expect(out).rejects.toMatchObject({ code: 'VODAPAY_REQUEST_ABORTED' });
    expect(wallet.calls.filter(({ body }) => body.includes(AUTH_CODE))).toEqual([]);
  });
});

describe('A wallet that answers U for long', () => {
  it('gets no more than a tenth of calls on top', async () => {
    const inquiry = inquiryAt(new GivenClock(), {
      resilience: { ...DEFAULTS.resilience, retryBaseMs: 1, retryCapMs: 1 },
    });
    wallet.script(refusal('UNKNOWN_EXCEPTION', 'U'));
    const requests = 250;
    for (let sent = 0; sent < requests; sent += 25) {
      await Promise.all(Array.from({ length: 25 }, () => codeOf(inquiry.inquiryUserInfo(ACCESS_TOKEN))));
    }
    expect(wallet.calls).toHaveLength(requests + retryBudget);
    expect(wallet.calls.length).toBeLessThanOrEqual(1.1 * requests);
    expect(inquiry.circuit('inquiryUserInfo').state).toBe('closed');
  });
});

describe('More calls than may wait', () => {
  it('are refused at once, and all others answered', async () => {
    const inquiry = inquiryAt(new GivenClock(), {
      resilience: { ...DEFAULTS.resilience, maxConnections: 4, maxWaiting: 5 },
    });
    wallet.script((call, response) => void setTimeout(() => success(call, response), 20));
    const codes = await Promise.all(Array.from({ length: 20 }, () => codeOf(inquiry.inquiryUserInfo(ACCESS_TOKEN))));
    // Three quarters of the slots are for sign-ins: 3 out, 5 waiting.
    expect(codes.filter((code) => code === 'S')).toHaveLength(8);
    expect(codes.filter((code) => code === 'VODAPAY_CALL_QUEUE_FULL')).toHaveLength(12);
  });
});
