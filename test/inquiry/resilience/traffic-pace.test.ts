import { describe, expect, it } from 'vitest';
import { TrafficPace } from '../../../libs/vodapay/src/inquiry/resilience/traffic-pace.js';
import { VodaPayError } from '../../../libs/vodapay/src/errors/vodapay-error.js';
import { DEFAULTS } from '../../../libs/vodapay/src/vodapay.options.js';
import { GivenClock } from './given-clock.js';

const ROUND_TRIP_MS = 50;

/** Calls arrive evenly and meet a wallet that lets `limit` through in each second. Returns the calls it saw, by second. */
function simulate({ arrivals, limit, seconds }: { arrivals: number; limit: number; seconds: number }) {
  const clock = new GivenClock();
  const pace = new TrafficPace(DEFAULTS.resilience, clock.read);
  const start = clock.now;
  // Both in the order of time: a turn is never before the one given last.
  const turns: number[] = [];
  const refusals: number[] = [];
  let arrived = 0;
  let told = 0;
  const seen = Array.from({ length: seconds }, () => 0);
  for (let ms = 0; ms < seconds * 1_000; ms += 1) {
    clock.now = start + ms;
    if (ms % Math.round(1_000 / arrivals) === 0) {
      try {
        turns.push(clock.now + pace.takeTurn('sign-in', Infinity));
      } catch {
        // Refused at once: the wallet doesn't see it.
      }
    }
    for (; (turns[arrived] ?? Infinity) <= clock.now; arrived += 1) {
      const second = Math.floor(ms / 1_000);
      seen[second] = (seen[second] ?? 0) + 1;
      if ((seen[second] ?? 0) > limit) refusals.push(clock.now);
    }
    for (; (refusals[told] ?? Infinity) + ROUND_TRIP_MS <= clock.now; told += 1) pace.throttled(refusals[told] ?? 0);
  }
  return seen;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** As many throttled calls as it takes. */
function throttle(pace: TrafficPace, { now }: GivenClock): void {
  for (let call = 0; call < DEFAULTS.resilience.slowDownAfter; call += 1) pace.throttled(now);
}

describe('The pace of calls', () => {
  it('is free until the wallet throttles', () => {
    expect(simulate({ arrivals: 200, limit: Infinity, seconds: 5 })).toEqual([200, 200, 200, 200, 200]);
  });

  it.each([
    { arrivals: 50, limit: 10 },
    { arrivals: 125, limit: 40 },
  ])('falls below the limit of $limit within 10 s of $arrivals arrivals a second, and stays there', (load) => {
    const seen = simulate({ ...load, seconds: 40 });
    expect(Math.max(...seen.slice(9, 12))).toBeLessThanOrEqual(load.limit);
    expect(mean(seen.slice(10))).toBeLessThan(load.limit);
    // It does not strangle what the wallet would let through.
    expect(mean(seen.slice(10))).toBeGreaterThan(load.limit * 0.3);
  });

  it('stays free after a few throttled calls', () => {
    const clock = new GivenClock();
    const pace = new TrafficPace(DEFAULTS.resilience, clock.read);
    for (let call = 0; call < 100; call += 1) {
      expect(pace.takeTurn('sign-in', Infinity)).toBe(0);
      pace.throttled(clock.now);
      clock.now += 1_500;
    }
  });

  it('is given up when the wallet has been silent about it for two minutes', () => {
    const clock = new GivenClock();
    const pace = new TrafficPace(DEFAULTS.resilience, clock.read);
    pace.takeTurn('sign-in', Infinity);
    throttle(pace, clock);
    clock.now += 121_000;
    expect(Array.from({ length: 100 }, () => pace.takeTurn('sign-in', Infinity)).every((waitMs) => waitMs === 0)).toBe(
      true,
    );
  });

  it('never delays a lone call beyond 1 s, however often the wallet throttles', () => {
    const clock = new GivenClock();
    const pace = new TrafficPace(DEFAULTS.resilience, clock.read);
    for (let call = 0; call < 50; call += 1) {
      const waitMs = pace.takeTurn('sign-in', Infinity);
      expect(waitMs).toBeLessThanOrEqual(1_000);
      clock.now += waitMs;
      pace.throttled(clock.now);
      clock.now += ROUND_TRIP_MS;
    }
  });

  it('refuses who would wait longer, and a login whose auth code is spent only past its deadline', () => {
    const clock = new GivenClock();
    const pace = new TrafficPace(DEFAULTS.resilience, clock.read);
    const finish = (): number => pace.takeTurn('finish-sign-in', clock.now + DEFAULTS.timeoutMs);
    pace.takeTurn('sign-in', Infinity);
    throttle(pace, clock);
    pace.takeTurn('sign-in', Infinity);
    expect(() => pace.takeTurn('sign-in', Infinity)).toThrow(VodaPayError);
    expect([finish(), finish(), finish(), finish()]).toEqual([2_000, 3_000, 4_000, 5_000]);
    for (let refused = 0; refused < 50; refused += 1) expect(finish).toThrow(VodaPayError);
    // Who was refused has taken no turn.
    clock.now += 1_000;
    expect(finish()).toBe(5_000);
  });
});
