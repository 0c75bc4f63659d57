import type { VodaPayError } from '../errors.js';

const BASE_MS = 100;
/** Throttled: the wallet asks for calm, so the first wait is longer. */
const THROTTLED_BASE_MS = 1_000;
const CAP_MS = 2_000;

/**
 * The wait before the next attempt in milliseconds, 0-2 000: exponential with full jitter, so that many servers do not
 * come back at once; at least what the wallet's Retry-After asks for, as far as the cap allows.
 *
 * @param attempt how many attempts have failed, from 1.
 * @param random a number in [0, 1).
 */
export function retryDelayMs(attempt: number, { code, retryAfterMs = 0 }: VodaPayError, random: number): number {
  const baseMs = code === 'VODAPAY_TRAFFIC_LIMITED' ? THROTTLED_BASE_MS : BASE_MS;
  const jitteredMs = random * Math.min(CAP_MS, baseMs * 2 ** (attempt - 1));
  return Math.max(jitteredMs, Math.min(retryAfterMs, CAP_MS));
}
