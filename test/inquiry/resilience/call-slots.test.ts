import { describe, expect, it } from 'vitest';
import type { CallPurpose } from '../../../libs/vodapay/src/inquiry/resilience/call-purpose.js';
import { CallSlots } from '../../../libs/vodapay/src/inquiry/resilience/call-slots.js';
import { RetryBudget } from '../../../libs/vodapay/src/inquiry/resilience/retry-budget.js';

function slotsUnderTest(maxConnections: number, maxWaiting: number) {
  const slots = new CallSlots({ maxConnections, maxWaiting });
  const out: string[] = [];
  const take = (purpose: CallPurpose, name: string = purpose): (() => void) =>
    slots.take(purpose, () => out.push(name));
  return { slots, out, take };
}

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

  it('are given in the order of coming, but first to those whose auth code is spent', () => {
    const { slots, out, take } = slotsUnderTest(1, 100);
    take('sign-in', 'running');
    take('sign-in', 'first');
    take('sign-in', 'second');
    take('finish-sign-in', 'code spent');
    for (let index = 0; index < 3; index += 1) slots.release('sign-in');
    expect(out).toEqual(['running', 'code spent', 'first', 'second']);
  });

  it('are refused at once when too many wait, except to those whose auth code is spent', () => {
    const { take } = slotsUnderTest(1, 2);
    take('sign-in');
    take('sign-in');
    take('sign-in');
    expect(() => take('sign-in')).toThrow(
      expect.objectContaining({ code: 'VODAPAY_CALL_QUEUE_FULL', status: 503, neverSent: true }),
    );
    expect(() => take('finish-sign-in')).not.toThrow();
  });

  it('pass by those who have stopped waiting', () => {
    const { slots, out, take } = slotsUnderTest(1, 2);
    take('sign-in', 'running');
    const leave = take('sign-in', 'gone');
    take('sign-in', 'stays');
    leave();
    leave();
    take('sign-in', 'came later');
    slots.release('sign-in');
    slots.release('sign-in');
    expect(out).toEqual(['running', 'stays', 'came later']);
  });

  it('go through a long line of callers who fail at once', () => {
    const slots = new CallSlots({ maxConnections: 1, maxWaiting: 50_000 });
    let failed = 0;
    slots.take('sign-in', () => undefined);
    for (let index = 0; index < 50_000; index += 1) {
      slots.take('sign-in', () => {
        failed += 1;
        slots.release('sign-in');
      });
    }
    slots.release('sign-in');
    expect(failed).toBe(50_000);
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
