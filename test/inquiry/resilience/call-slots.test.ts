import { describe, expect, it } from 'vitest';
import type { CallPurpose } from '../../../libs/vodapay/src/inquiry/resilience/call-purpose.js';
import { CallSlots } from '../../../libs/vodapay/src/inquiry/resilience/call-slots.js';
import type { VodaPayError } from '../../../libs/vodapay/src/errors/vodapay-error.js';
import { RetryBudget } from '../../../libs/vodapay/src/inquiry/resilience/retry-budget.js';
import { GivenClock } from './given-clock.js';

const DEADLINE_MS = 5_000;

function slotsUnderTest(maxConnections: number, maxWaiting: number) {
  const clock = new GivenClock();
  const slots = new CallSlots({ maxConnections, maxWaiting }, clock.read);
  const out: string[] = [];
  const refused: VodaPayError[] = [];
  const take = (purpose: CallPurpose, name: string = purpose, given = (): void => void out.push(name)): (() => void) =>
    slots.take({ purpose, deadlineAt: clock.now + DEADLINE_MS, given, refused: (error) => void refused.push(error) });
  return { slots, out, refused, take, clock };
}

/** Slots that came free are given in the next turn of the event loop. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('The slots for calls to the wallet', () => {
  it('keep a quarter for revalidations while sign-ins flood in, and the other way round', () => {
    const flood = slotsUnderTest(8, 100);
    for (let index = 0; index < 50; index += 1) flood.take('sign-in');
    flood.take('revalidation');
    flood.take('revalidation');
    expect(flood.out.filter((purpose) => purpose === 'sign-in')).toHaveLength(6);
    expect(flood.out.filter((purpose) => purpose === 'revalidation')).toHaveLength(2);
    const other = slotsUnderTest(8, 100);
    for (let index = 0; index < 50; index += 1) other.take('revalidation');
    other.take('sign-in');
    expect(other.out.filter((purpose) => purpose === 'sign-in')).toHaveLength(1);
  });

  it('are given in the order of coming, but first to those whose auth code is spent', async () => {
    const { slots, out, take } = slotsUnderTest(1, 100);
    take('sign-in', 'running');
    take('sign-in', 'first');
    take('sign-in', 'second');
    take('finish-sign-in', 'code spent');
    for (let index = 0; index < 3; index += 1) {
      slots.release('sign-in');
      await nextTurn();
    }
    expect(out).toEqual(['running', 'code spent', 'first', 'second']);
  });

  it('are refused at once when too many wait, except to those whose auth code is spent', () => {
    const { refused, take } = slotsUnderTest(1, 2);
    for (let call = 0; call < 3; call += 1) take('sign-in');
    expect(refused).toEqual([]);
    take('sign-in');
    take('finish-sign-in');
    expect(refused).toMatchObject([{ code: 'VODAPAY_CALL_QUEUE_FULL', status: 503, neverSent: true }]);
  });

  it('go to the second call of a login before they go to those who wait for a first', async () => {
    const { slots, out, take } = slotsUnderTest(1, 100);
    take('sign-in', 'first call');
    take('sign-in', 'another login');
    slots.release('sign-in');
    await Promise.resolve();
    take('finish-sign-in', 'second call');
    await nextTurn();
    expect(out).toEqual(['first call', 'second call']);
    slots.release('finish-sign-in');
    await nextTurn();
    expect(out).toEqual(['first call', 'second call', 'another login']);
  });

  it('are refused at once to those whom the line would not serve within their deadline', () => {
    const { clock, refused, take } = slotsUnderTest(4, 2_000);
    for (let call = 0; call < 3; call += 1) take('sign-in');
    clock.now += 1_250;
    // Three at a time, more than a second each by now: who has nine before him would be answered after five.
    for (let call = 0; call < 10; call += 1) take('sign-in');
    expect(refused).toEqual([]);
    take('sign-in');
    take('finish-sign-in');
    take('revalidation');
    expect(refused).toMatchObject([
      { code: 'VODAPAY_CALL_QUEUE_FULL', retryAfterMs: expect.closeTo(4_167, 0) as number, neverSent: true },
    ]);
  });

  it('are not given to those whom an answer would reach after their deadline', async () => {
    const { clock, slots, out, refused, take } = slotsUnderTest(1, 2_000);
    take('sign-in', 'running');
    take('sign-in', 'came early');
    clock.now += 1_000;
    take('sign-in', 'came later');
    clock.now += 1_750;
    slots.release('sign-in');
    await nextTurn();
    await nextTurn();
    expect(out).toEqual(['running', 'came later']);
    expect(refused).toMatchObject([{ code: 'VODAPAY_CALL_QUEUE_FULL', neverSent: true }]);
  });

  it('are given after a line that is long gone as if there had been none', async () => {
    const { clock, slots, out, refused, take } = slotsUnderTest(1, 2_000);
    take('sign-in', 'slow');
    clock.now += 4_900;
    slots.release('sign-in');
    take('sign-in', 'quick');
    take('sign-in', 'next');
    clock.now += 200;
    slots.release('sign-in');
    await nextTurn();
    expect(out).toEqual(['slow', 'quick', 'next']);
    expect(refused).toEqual([]);
  });

  it('are waited for by a burst, since its calls have not had time to be answered', () => {
    const { clock, refused, take } = slotsUnderTest(4, 2_000);
    for (let call = 0; call < 1_000; call += 1) {
      clock.now += 1;
      take('sign-in');
    }
    expect(refused).toEqual([]);
    clock.now += 300;
    take('sign-in');
    expect(refused).toHaveLength(1);
  });

  it('pass by those who have stopped waiting', async () => {
    const { slots, out, take } = slotsUnderTest(1, 2);
    take('sign-in', 'running');
    const leave = take('sign-in', 'gone');
    take('sign-in', 'stays');
    leave();
    leave();
    take('sign-in', 'came later');
    for (let index = 0; index < 2; index += 1) {
      slots.release('sign-in');
      await nextTurn();
    }
    expect(out).toEqual(['running', 'stays', 'came later']);
  });

  it('go through a long line of callers who fail at once a few in each turn of the event loop', async () => {
    const waiting = 5_000;
    const { slots, take } = slotsUnderTest(1, waiting);
    const failed: number[] = [];
    let turn = 0;
    take('sign-in');
    for (let index = 0; index < waiting; index += 1) {
      take('sign-in', '', () => {
        failed.push(turn);
        slots.release('sign-in');
      });
    }
    slots.release('sign-in');
    for (; failed.length < waiting; turn += 1) await nextTurn();
    const inTurn = (wanted: number): number => failed.filter((one) => one === wanted).length;
    expect(Math.max(...[...new Set(failed)].map(inTurn))).toBeLessThanOrEqual(8);
  });
});

describe('The budget of repetitions', () => {
  it('begins with its size, and earns one for ten successes', () => {
    const budget = new RetryBudget(20);
    expect(Array.from({ length: 30 }, () => budget.take()).filter(Boolean)).toHaveLength(20);
    for (let success = 0; success < 10; success += 1) budget.earn();
    expect([budget.take(), budget.take()]).toEqual([true, false]);
  });

  it('never holds more than its size', () => {
    const budget = new RetryBudget(2);
    for (let success = 0; success < 1_000; success += 1) budget.earn();
    expect([budget.take(), budget.take(), budget.take()]).toEqual([true, true, false]);
  });

  it('of size 0 forbids repeating', () => {
    const budget = new RetryBudget(0);
    for (let success = 0; success < 100; success += 1) budget.earn();
    expect(budget.take()).toBe(false);
  });
});
