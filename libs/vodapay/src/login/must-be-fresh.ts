import { VodaPayError } from '../errors.js';
import type { VodaPayPrincipal } from './principal.js';

/**
 * Throws VODAPAY_REAUTHENTICATION_REQUIRED unless the user signed in within `freshWithinMs` before `now`. Without a known
 * moment of signing in, which a raw access token doesn't tell, nothing is recent.
 */
export function mustBeFresh({ authenticatedAt }: VodaPayPrincipal, freshWithinMs: number, now: number): void {
  if (authenticatedAt !== undefined && now - authenticatedAt <= freshWithinMs) return;
  throw new VodaPayError('VODAPAY_REAUTHENTICATION_REQUIRED');
}
