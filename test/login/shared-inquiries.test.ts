import { request, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { VodaPayError } from 'nestjs-vodapay';
import { RefusedCredentials } from '../../libs/vodapay/src/login/refused-credentials.js';
import type { Departure } from '../../libs/vodapay/src/departure.js';
import { SharedFlights } from '../../libs/vodapay/src/login/shared-flights.js';
import { recordSecret } from '../leaks/record-secret.js';
import { startMerchant, type Merchant } from './start-merchant.js';

const USER = '216610000000000000001';

let merchant: Merchant;
beforeAll(async () => {
  merchant = await startMerchant({ options: { credentials: { accessToken: true } } });
});
afterEach(() => {
  vi.restoreAllMocks();
  merchant.wallet.faults.clear();
});
afterAll(() => merchant.close());

const callsOf = (operation: string): number =>
  merchant.wallet.calls.filter((call) => call.operation === operation).length;
const accessToken = async (): Promise<string> => {
  const { accessToken: token } = await merchant.inquiry.applyToken(merchant.wallet.issueCode({ userId: USER }));
  return recordSecret('access token', token);
};

/** Resolves when so many requests have come to the merchant and each has been looked at. */
function requestsArrived(count: number): Promise<void> {
  const server = merchant.app.getHttpServer() as Server;
  let arrived = 0;
  return new Promise((resolve) => {
    const arrive = (): void => {
      arrived += 1;
      if (arrived < count) return;
      server.off('request', arrive);
      setImmediate(resolve);
    };
    server.on('request', arrive);
  });
}

describe('An access token', () => {
  it('that 64 parallel requests bring is asked about once', async () => {
    const bearer = await accessToken();
    const before = callsOf('inquiryUserInfo');
    const allAreThere = requestsArrived(64);
    const ask = merchant.inquiry.inquiryUserInfo.bind(merchant.inquiry);
    vi.spyOn(merchant.inquiry, 'inquiryUserInfo').mockImplementation(async (...asked) => {
      await allAreThere;
      return ask(...asked);
    });
    const answers = await Promise.all(Array.from({ length: 64 }, () => merchant.request('GET', '/me', { bearer })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(callsOf('inquiryUserInfo') - before).toBe(1);
  });

  it('that comes again afterwards is asked about again', async () => {
    const bearer = await accessToken();
    const before = callsOf('inquiryUserInfo');
    await merchant.request('GET', '/me', { bearer });
    await merchant.request('GET', '/me', { bearer });
    expect(callsOf('inquiryUserInfo') - before).toBe(2);
  });

  it('that the wallet has refused, signed, is refused without asking it again', async () => {
    const bearer = await accessToken();
    merchant.wallet.revoke(USER);
    const before = callsOf('inquiryUserInfo');
    const answers = await Promise.all([1, 2].map(() => merchant.request('GET', '/me', { bearer })));
    answers.push(await merchant.request('GET', '/me', { bearer }));
    expect(answers.map(({ body }) => body['code'])).toEqual(answers.map(() => 'VODAPAY_ACCESS_TOKEN_INVALID'));
    expect(callsOf('inquiryUserInfo') - before).toBeLessThanOrEqual(2);
    const asked = callsOf('inquiryUserInfo');
    await merchant.request('GET', '/me', { bearer });
    expect(callsOf('inquiryUserInfo')).toBe(asked);
  });
});

describe('An auth code', () => {
  it('that the wallet has refused, signed, is not sent again', async () => {
    const authCode = recordSecret('auth code', merchant.wallet.issueCode({ userId: USER }));
    const login = () => merchant.request('POST', '/login', { body: { authCode } });
    expect((await login()).status).toBe(200);
    expect((await login()).body).toMatchObject({ code: 'VODAPAY_AUTH_CODE_USED', next: 'new-auth-code' });
    const sent = callsOf('applyToken');
    expect((await login()).body).toMatchObject({ code: 'VODAPAY_AUTH_CODE_USED', next: 'new-auth-code' });
    expect(callsOf('applyToken')).toBe(sent);
  });
});

describe('A client that leaves during its login', () => {
  it.each(['token', 'inquiry'])('cancels the call that is out (%s), and nothing is stored', async (operation) => {
    const userId = `21661000000000000099${operation.length}`;
    const authCode = merchant.wallet.issueCode({ userId, fault: `${operation}:hang` });
    recordSecret('auth code', authCode);
    const name = operation === 'token' ? 'applyToken' : 'inquiryUserInfo';
    const call = vi.spyOn(merchant.inquiry, name);
    const sent = request(`${merchant.url}/login`, { method: 'POST', headers: { 'content-type': 'application/json' } });
    sent.on('error', () => undefined);
    sent.end(JSON.stringify({ authCode }));
    const before = callsOf(name);
    await expect.poll(() => callsOf(name)).toBe(before + 1);
    const sessions = await merchant.count('vodapay_session');
    sent.destroy();
    await expect(call.mock.results[0]?.value).rejects.toMatchObject({ code: 'VODAPAY_REQUEST_ABORTED' });
    expect(await merchant.count('vodapay_session')).toBe(sessions);
    expect((await merchant.login(userId)).body['outcome']).toBe('created');
  });
});

describe('Flights that are shared', () => {
  /** With what each start is told: whether nobody waits for it any more. */
  const flightsThatNeverLand = () => {
    const signals: AbortSignal[] = [];
    const start = (abandoned: Departure): Promise<string> => {
      const controller = new AbortController();
      abandoned(() => controller.abort());
      signals.push(controller.signal);
      return new Promise(() => undefined);
    };
    return { flights: new SharedFlights<string>(), signals, start };
  };

  const departureOf =
    (signal: AbortSignal): Departure =>
    (gone) => {
      signal.addEventListener('abort', gone);
      return () => signal.removeEventListener('abort', gone);
    };

  it('go on while somebody waits, and are cancelled when the last one has left', async () => {
    const { flights, signals, start } = flightsThatNeverLand();
    const [first, second] = [new AbortController(), new AbortController()];
    const riders = [first, second].map(({ signal }) => flights.join('key', departureOf(signal), start));
    first.abort();
    await expect(riders[0]).rejects.toMatchObject({ code: 'VODAPAY_REQUEST_ABORTED' });
    expect([signals.length, signals[0]?.aborted]).toEqual([1, false]);
    second.abort();
    await expect(riders[1]).rejects.toMatchObject({ code: 'VODAPAY_REQUEST_ABORTED' });
    expect(signals[0]?.aborted).toBe(true);
    const next = flights.join('key', undefined, () => Promise.resolve('next'));
    await expect(next).resolves.toBe('next');
  });

  it('listen no longer to one who has left already, and are not kept up by one who cannot be listened to', async () => {
    const { flights, signals, start } = flightsThatNeverLand();
    const stopped = vi.fn();
    const hasLeft: Departure = (gone) => {
      gone();
      return stopped;
    };
    await expect(flights.join('key', hasLeft, start)).rejects.toMatchObject({ code: 'VODAPAY_REQUEST_ABORTED' });
    expect([stopped.mock.calls.length, signals[0]?.aborted]).toEqual([1, true]);
    const broken: Departure = () => {
      throw new TypeError('no stream');
    };
    await expect(flights.join('key', broken, start)).rejects.toThrow('no stream');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  it('end for all with the one failure, and keep nothing', async () => {
    const flights = new SharedFlights<string>();
    const failure = new VodaPayError('VODAPAY_UNREACHABLE');
    const fail = (): Promise<string> => Promise.reject(failure);
    const riders = [1, 2].map(() => flights.join('key', undefined, fail));
    expect((await Promise.allSettled(riders)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(flights.join('key', undefined, () => Promise.resolve('next'))).resolves.toBe('next');
  });
});

describe('Refusals that are kept', () => {
  const refusal = (code: 'VODAPAY_AUTH_CODE_USED' | 'VODAPAY_ACCESS_DENIED', verified = true): VodaPayError =>
    new VodaPayError(code, { verified, resultCode: 'USED_CODE' });

  it('are told with their code for a while, then forgotten', () => {
    const clock = { now: 0 };
    const refused = new RefusedCredentials(10_000, () => clock.now);
    refused.note('key', refusal('VODAPAY_AUTH_CODE_USED'));
    clock.now = 9_999;
    expect(() => refused.mustBeUntold('key')).toThrow(
      expect.objectContaining({ code: 'VODAPAY_AUTH_CODE_USED', resultCode: 'USED_CODE', verified: true }),
    );
    expect(() => refused.mustBeUntold('other')).not.toThrow();
    clock.now = 10_000;
    expect(() => refused.mustBeUntold('key')).not.toThrow();
    clock.now = 0;
    expect(() => refused.mustBeUntold('key')).not.toThrow();
  });

  it('are none of an unsigned answer (R9), of a verdict that may change, or with refusalsKeptMs 0', () => {
    const clock = { now: 0 };
    const refused = new RefusedCredentials(10_000, () => clock.now);
    refused.note('key', refusal('VODAPAY_AUTH_CODE_USED', false));
    refused.note('key', refusal('VODAPAY_ACCESS_DENIED'));
    refused.note('key', new Error('something else'));
    expect(() => refused.mustBeUntold('key')).not.toThrow();
    const none = new RefusedCredentials(0, () => clock.now);
    none.note('key', refusal('VODAPAY_AUTH_CODE_USED'));
    clock.now = -1;
    expect(() => none.mustBeUntold('key')).not.toThrow();
  });

  it('are 10,000 at most', () => {
    const refused = new RefusedCredentials(10_000, () => 0);
    const used = refusal('VODAPAY_AUTH_CODE_USED');
    for (let index = 0; index < 12_000; index += 1) refused.note(`key ${index}`, used);
    for (const gone of [0, 1_999]) expect(() => refused.mustBeUntold(`key ${gone}`)).not.toThrow();
    for (const kept of [2_000, 11_999]) expect(() => refused.mustBeUntold(`key ${kept}`)).toThrow(VodaPayError);
  });
});
