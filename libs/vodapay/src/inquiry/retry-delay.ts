import type { VodaPayError } from '../errors/vodapay-error.js';
import type { ResiliencePolicy } from './resilience/resilience-policy.js';

export type RetryWaits = Pick<ResiliencePolicy, 'retryBaseMs' | 'throttledRetryBaseMs' | 'retryCapMs'>;

/**
 * The wait before the next attempt in milliseconds, from 0 to `retryCapMs`: exponential with full jitter, so that many
 * servers do not come back at once; at least what the wallet's Retry-After asks for, as far as the cap allows. It begins
 * at a longer base when the wallet throttles, because it asks for calm.
 *
 * @param attempt how many attempts have failed, from 1.
 * @param random a number in [0, 1).
 */
export function retryDelayMs(
  attempt: number,
  { code, retryAfterMs = 0 }: VodaPayError,
  { retryBaseMs, throttledRetryBaseMs, retryCapMs }: RetryWaits,
  random: number,
): number {
  const baseMs = code === 'VODAPAY_TRAFFIC_LIMITED' ? throttledRetryBaseMs : retryBaseMs;
  const jitteredMs = random * Math.min(retryCapMs, baseMs * 2 ** (attempt - 1));
  return Math.max(jitteredMs, Math.min(retryAfterMs, retryCapMs));
}
