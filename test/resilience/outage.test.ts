import { describe, expect, it, onTestFinished } from 'vitest';
import { DEFAULTS } from '../../libs/vodapay/src/vodapay.options.js';
import { GivenClock } from '../inquiry/resilience/given-clock.js';
import { answering, hangUp, merchantKeys, refusal, walletKeys } from '../inquiry/scripted-wallet.js';
import { useScriptedWallet } from '../inquiry/use-scripted-wallet.js';
import { recordSecret } from '../leaks/record-secret.js';
import type { Answer } from '../login/send-json.js';
import { startMerchant, type Merchant } from '../login/start-merchant.js';
import { quantile } from './quantile.js';

const { circuitMinimumCalls, circuitProbeEveryMs, maxConnections, retryBudget } = DEFAULTS.resilience;
const MINUTE_S = 60;
const LOGINS_A_SECOND = 4;
const RETURNING = 100;

const wallet = useScriptedWallet();

/** A merchant with a circuit whose clock is given, and how long its server took for each request, in milliseconds. */
async function merchantBefore(clock: GivenClock): Promise<{ merchant: Merchant; handledMs: number[] }> {
  const handledMs: number[] = [];
  const merchant = await startMerchant({
    monotonicMs: clock.read,
    options: {
      baseUrl: wallet.baseUrl,
      privateKey: merchantKeys.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
      vodapayPublicKey: walletKeys.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
      credentials: { accessToken: true },
    },
    prepare: (app) => {
      app.use((_request: unknown, response: { once(event: string, told: () => void): void }, next: () => void) => {
        const startedAt = performance.now();
        response.once('finish', () => handledMs.push(performance.now() - startedAt));
        next();
      });
    },
  });
  onTestFinished(() => merchant.close());
  return { merchant, handledMs };
}

let codes = 0;
function login(merchant: Merchant): Promise<Answer> {
  const authCode = recordSecret('auth code', `0000000001OUTAGE${String((codes += 1)).padStart(24, '0')}`);
  return merchant.request('POST', '/login', { body: { authCode } });
}

const atOnce = <T>(times: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, index) => work(index)));

it('A wallet that is down for a minute: 503 with Retry-After in under 5 ms, one probe an interval, no stampede after', async () => {
  const clock = new GivenClock();
  const { merchant, handledMs } = await merchantBefore(clock);
  wallet.script(answering);
  const bearer = recordSecret('session token', String((await login(merchant)).body['token']));

  wallet.script(hangUp);
  const lost = await atOnce(circuitMinimumCalls, () => login(merchant));
  expect(lost.map(({ status, body }) => [status, body['next']])).toEqual(lost.map(() => [503, 'new-auth-code']));
  expect(merchant.inquiry.circuit('applyToken').state).toBe('open');

  wallet.script(hangUp);
  handledMs.length = 0;
  const refused: Answer[] = [];
  for (let second = 0; second < MINUTE_S; second += 1) {
    clock.now += 1_000;
    // One after another: what is timed is one refusal, not a place behind others.
    for (let sent = 0; sent < LOGINS_A_SECOND; sent += 1) refused.push(await login(merchant));
  }
  const took = [...handledMs];
  const probes = wallet.calls.length;
  expect(probes).toBe((MINUTE_S * 1_000) / circuitProbeEveryMs);
  const held = refused.filter(({ body }) => body['code'] === 'VODAPAY_CIRCUIT_OPEN');
  expect(held).toHaveLength(refused.length - probes);
  for (const { status, body, headers } of held) {
    expect([status, body['next']]).toEqual([503, 'retry']);
    expect(['1', '2', '3', '4', '5']).toContain(headers['retry-after']);
  }
  process.stdout.write(
    `down for a minute: ${refused.length} logins, ${probes} calls; refused within ${quantile(took, 0.5).toFixed(2)} ms ` +
      `(median), ${quantile(took, 0.95).toFixed(2)} ms (95 of 100)\n`,
  );
  // Other work on the machine can only add to it: the interval that it left alone counts.
  const each = took.length / probes;
  const intervals = Array.from({ length: probes }, (_, index) => took.slice(index * each, (index + 1) * each));
  expect(Math.min(...intervals.map((interval) => quantile(interval, 0.5)))).toBeLessThan(5);
  expect((await merchant.request('GET', '/me', { bearer })).status).toBe(200);

  const returned = await whileTheProbeIsOut(merchant, clock);
  expect(returned.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(returned.filter(({ body }) => body['code'] === 'VODAPAY_CIRCUIT_OPEN')).toHaveLength(RETURNING - 1);
  expect(wallet.calls.map(({ path }) => path.split('/').at(-1))).toEqual(['applyToken', 'inquiryUserInfo']);

  wallet.mostConnections = wallet.connections.size;
  const all = await atOnce(RETURNING, () => login(merchant));
  expect(all.filter(({ status }) => status === 200)).toHaveLength(RETURNING);
  expect(wallet.mostConnections).toBeLessThanOrEqual(maxConnections);
});

/** The wallet is back and holds its first answer until all other logins have theirs. */
async function whileTheProbeIsOut(merchant: Merchant, clock: GivenClock): Promise<readonly Answer[]> {
  let answerProbe = (): void => undefined;
  wallet.script((call, response) => {
    answerProbe = () => answering(call, response);
  }, answering);
  clock.now += circuitProbeEveryMs;
  let answered = 0;
  return atOnce(RETURNING, async () => {
    const answer = await login(merchant);
    if ((answered += 1) === RETURNING - 1) answerProbe();
    return answer;
  });
}

describe('An outage that lasts', () => {
  const REQUESTS = 300;
  const AT_ONCE = 25;

  it.each([
    ['answers that its outcome is unknown', refusal('UNKNOWN_EXCEPTION', 'U')],
    ['hangs up', hangUp],
  ] as const)('costs a wallet that %s no more than 1.1 calls a request', async (_title, reply) => {
    const clock = new GivenClock();
    const { merchant } = await merchantBefore(clock);
    wallet.script(reply);
    for (let sent = 0; sent < REQUESTS; sent += AT_ONCE) {
      const answers = await atOnce(AT_ONCE, (index) => {
        const bearer = recordSecret('access token', `0000000002OUTAGE${String(sent + index).padStart(24, '0')}`);
        return merchant.request('GET', '/me', { bearer });
      });
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503));
      clock.now += 1_000;
    }
    process.stdout.write(`an outage that lasts: ${REQUESTS} requests, ${wallet.calls.length} calls\n`);
    expect(wallet.calls.length).toBeLessThanOrEqual(1.1 * REQUESTS);
    expect(wallet.calls.length).toBeGreaterThanOrEqual(retryBudget);
  });
});
