import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEFAULTS } from '../../libs/vodapay/src/vodapay.options.js';
import { askSteadily, type Asked } from './ask-steadily.js';
import type { FloodedLogin } from './flood.js';
import { MerchantsAtSlowWallet } from './merchants-at-slow-wallet.js';
import { quantile } from './quantile.js';

const LATENCY_MS = 5_000;
const LOGINS = 2_000;
/**
 * Requests with a session a second, to each of the two merchants: enough for garbage to be collected in every second of
 * idle time too.
 */
const ASKED_A_SECOND = 300;
const IDLE_REQUESTS = 8 * ASKED_A_SECOND;
/** What the machine may add to a deadline. */
const MARGIN_MS = 1_000;
const AT_ONCE_MS = 1_000;
/** What else the machine does can only make a round worse: one that it leaves alone and that holds is enough. */
const ROUNDS = 4;
/** A merchant that no login reaches is slower than this only on a machine that has other work, in milliseconds. */
const UNDISTURBED_MS = 20;
/** What an idle merchant's slowest requests are taken to be at least: below it the machine's own pauses decide, in milliseconds. */
const TELLABLE_MS = 8;
const MEBIBYTE = 2 ** 20;
/** A login that waits holds about 24 KiB: half of what all of them would hold. */
const HELD_MIB = 24;

const { timeoutMs } = DEFAULTS;
const merchants = new MerchantsAtSlowWallet();
let asked: readonly Asked[];

beforeAll(async () => {
  asked = await merchants.start();
  await askSteadily(asked, ASKED_A_SECOND, (count) => count < 2 * ASKED_A_SECOND);
});
afterAll(() => merchants.end());

it('A wallet at 5 s latency, 2,000 logins: memory is bounded by slots and queue, and comes back', async () => {
  // What the first logins leave for good, such as compiled code, is there before.
  await merchants.flood({ logins: 200, overMs: 200 });
  let held = await heapHeld();
  // Held up by other work, the merchant gets a burst of logins at once and lets more of them wait.
  for (let further = 1; further < ROUNDS && held.peak >= HELD_MIB; further += 1) held = await heapHeld();
  expect(held.peak).toBeLessThan(HELD_MIB);
  expect(held.after).toBeLessThan(2);
});

/** MiB above what the idle merchant holds, while logins wait and when all are answered. */
async function heapHeld(): Promise<{ readonly peak: number; readonly after: number }> {
  await merchants.recover();
  const before = await merchants.heapUsed();
  merchants.slowDown(LATENCY_MS);
  const held: number[] = [];
  // All of them arrive before the first deadline is over.
  await whileRunning(merchants.flood({ logins: LOGINS, overMs: 4_000 }), async (isOver) => {
    for (; !isOver(); await delay(250)) held.push(((await merchants.heapUsed()) - before) / MEBIBYTE);
  });
  await merchants.recover();
  const after = ((await merchants.heapUsed()) - before) / MEBIBYTE;
  print(`heap of the merchant, MiB above idle: ${held.map(rounded).join(' ')}; afterwards ${rounded(after)}`);
  return { peak: Math.max(...held), after };
}

it(
  'A wallet at 5 s latency, 2,000 logins: all answered in time, most at once, sessions served as before',
  { timeout: 300_000 },
  async ({ skip }) => {
    const undisturbed: Seen[] = [];
    for (let rounds = 0; rounds < ROUNDS && !undisturbed.some(holds); rounds += 1) {
      const { logins, ...seen } = await round();
      if (Math.max(seen.idle, seen.beside) > UNDISTURBED_MS) continue;
      mustSayWhatToDo(logins);
      undisturbed.push(seen);
    }
    if (undisturbed.length === 0) skip('The machine had too much other work in every round to measure times.');
    expect(undisturbed).toSatisfy((seen: readonly Seen[]) => seen.some(holds));
  },
);

interface Seen {
  readonly longestMs: number;
  /** Logins whose first call was not answered, and which took longer than one deadline all the same. */
  readonly late: number;
  /** Logins refused with Retry-After within a second. */
  readonly atOnce: number;
  /** 99 of 100 requests with a session in a second took no longer, median of the seconds, ms: before the flood, and in it. */
  readonly idle: number;
  readonly flooded: number;
  /** The same at the merchant beside, which no login reaches, during the flood: what the machine adds. */
  readonly beside: number;
}

function holds({ longestMs, late, atOnce, idle, flooded, beside }: Seen): boolean {
  const inTime = late === 0 && longestMs < 2 * timeoutMs + MARGIN_MS;
  return inTime && atOnce > LOGINS / 2 && flooded <= 2 * Math.max(idle, beside, TELLABLE_MS);
}

async function round(): Promise<Seen & { readonly logins: readonly FloodedLogin[] }> {
  await merchants.recover();
  const [idle = []] = await askSteadily(asked, ASKED_A_SECOND, (count) => count < IDLE_REQUESTS);
  merchants.slowDown(LATENCY_MS);
  let during: readonly (readonly number[])[] = [];
  const logins = await whileRunning(merchants.flood({ logins: LOGINS, overMs: 10_000 }), async (isOver) => {
    during = await askSteadily(asked, ASKED_A_SECOND, () => !isOver());
  });
  const [flooded = [], beside = []] = during;
  const seen: Seen = {
    longestMs: Math.max(...logins.map(({ tookMs }) => tookMs)),
    late: logins.filter(({ authCode, tookMs }) => {
      return !merchants.answeredCodes.has(authCode) && tookMs > timeoutMs + MARGIN_MS;
    }).length,
    atOnce: logins.filter(({ status, tookMs }) => status === 503 && tookMs < AT_ONCE_MS).length,
    idle: inTheMedianSecond(idle),
    flooded: inTheMedianSecond(flooded),
    beside: inTheMedianSecond(beside),
  };
  print(
    `${LOGINS} logins, ${merchants.walletCalls} calls: ${countsOf(logins)}; ${seen.atOnce} refused within a second, ` +
      `the longest took ${rounded(seen.longestMs)} ms`,
    `a request with a session, ms (50, 95, 99, 100 of 100): idle ${spread(idle)}; in the flood ${spread(flooded)}; ` +
      `at the merchant beside ${spread(beside)}`,
    `99 of 100 in the median second, ms: idle ${rounded(seen.idle)}; in the flood ${rounded(seen.flooded)}; ` +
      `at the merchant beside ${rounded(seen.beside)}`,
  );
  return { ...seen, logins };
}

/** What disturbs the machine for a moment disturbs a few seconds only. */
function inTheMedianSecond(values: readonly number[]): number {
  const seconds = Array.from({ length: Math.floor(values.length / ASKED_A_SECOND) }, (_, second) =>
    quantile(values.slice(second * ASKED_A_SECOND, (second + 1) * ASKED_A_SECOND), 0.99),
  );
  return quantile(seconds, 0.5);
}

function mustSayWhatToDo(logins: readonly FloodedLogin[]): void {
  expect(logins).toHaveLength(LOGINS);
  for (const { status, next, retryAfter } of logins) {
    expect([503, 504]).toContain(status);
    expect(['retry', 'new-auth-code']).toContain(next);
    if (status !== 503) continue;
    expect(Number(retryAfter)).toBeGreaterThanOrEqual(1);
    expect(Number(retryAfter)).toBeLessThanOrEqual((2 * timeoutMs) / 1_000);
  }
}

async function whileRunning<T>(running: Promise<T>, work: (isOver: () => boolean) => Promise<void>): Promise<T> {
  let over = false;
  const ended = running.finally(() => (over = true));
  // Also after a failure nothing goes on behind the test's back.
  const working = work(() => over);
  await Promise.allSettled([ended, working]);
  await working;
  return ended;
}

function countsOf(logins: readonly FloodedLogin[]): string {
  const counts = new Map<string, number>();
  for (const { status, code } of logins) counts.set(`${status} ${code}`, (counts.get(`${status} ${code}`) ?? 0) + 1);
  return [...counts].map(([answer, count]) => `${count} × ${answer}`).join(', ');
}

const rounded = (value: number): string => value.toFixed(1);
const spread = (values: readonly number[]): string =>
  [0.5, 0.95, 0.99, 1].map((share) => rounded(quantile(values, share))).join(' ');
const print = (...lines: readonly string[]): void =>
  void process.stdout.write(lines.map((line) => `${line}\n`).join(''));
