import { describe, expect, it } from 'vitest';
import { VodaPayError } from '../../libs/vodapay/src/errors/vodapay-error.js';
import { retryDelayMs as delayMs } from '../../libs/vodapay/src/inquiry/retry-delay.js';
import { DEFAULTS } from '../../libs/vodapay/src/vodapay.options.js';

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
