import { VodaPayError } from '../errors.js';
import { CLOCK_TOLERANCE_MS } from '../linking/clock-tolerance.js';
import type { VodaPayPrincipal } from './principal.js';

/**
 * Throws VODAPAY_REAUTHENTICATION_REQUIRED unless the user signed in within `freshWithinMs` before `now`. Without a known
 * moment of signing in, which a raw access token doesn't tell, or with one ahead of the clock, nothing is recent.
 */
export function mustBeFresh({ authenticatedAt }: VodaPayPrincipal, freshWithinMs: number, now: number): void {
  const ageMs = authenticatedAt === undefined ? Number.NaN : now - authenticatedAt;
  if (ageMs <= freshWithinMs && ageMs >= -CLOCK_TOLERANCE_MS) return;
  throw new VodaPayError('VODAPAY_REAUTHENTICATION_REQUIRED');
}
