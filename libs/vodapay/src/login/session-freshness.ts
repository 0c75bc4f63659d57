import { CLOCK_TOLERANCE_MS } from '../linking/clock-tolerance.js';

/** What a session needs before it serves a request. */
export type SessionFreshness =
  /** Confirmed recently: serves. */
  | 'fresh'
  /** Serves, and the wallet is asked meanwhile. */
  | 'ageing'
  /** The wallet must be asked first. */
  | 'due';

/** The share of `revalidateAfterMs` from which a request asks ahead of time. */
const AHEAD = 0.8;

/**
 * Judges a session by the time since the wallet last confirmed it. All in milliseconds. A confirmation that lies ahead of
 * the clock proves nothing.
 */
export function sessionFreshness(ageMs: number, revalidateAfterMs: number): SessionFreshness {
  if (ageMs >= revalidateAfterMs || ageMs < -CLOCK_TOLERANCE_MS) return 'due';
  return ageMs >= revalidateAfterMs * AHEAD ? 'ageing' : 'fresh';
}
