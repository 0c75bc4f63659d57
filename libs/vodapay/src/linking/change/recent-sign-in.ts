import { VodaPayError } from '../../errors/vodapay-error.js';
import { CLOCK_TOLERANCE_MS } from '../clock-tolerance.js';

/** Who asks to change a link. A `VodaPayPrincipal` is one; so is a session of the merchant's own website. */
export interface SignedInUser {
  /** The merchant's account id, as text. */
  readonly accountId: string;
  /** The link that is meant; of a principal: the one that it signed in with. */
  readonly linkId: string;
  /** When the user proved who she is, epoch milliseconds. Without it nothing is changed. */
  readonly authenticatedAt?: number;
}

/**
 * R23. Throws VODAPAY_REAUTHENTICATION_REQUIRED when the sign-in is unknown, as with a raw access token, older than `withinMs`,
 * or ahead of the clock.
 */
export function mustBeRecent(signedIn: { readonly authenticatedAt?: number }, withinMs: number, now: number): void {
  const { authenticatedAt } = signedIn;
  const ageMs = authenticatedAt === undefined ? Number.NaN : now - authenticatedAt;
  // Also refuses what is not a number.
  if (!(ageMs <= withinMs && ageMs >= -CLOCK_TOLERANCE_MS)) throw new VodaPayError('VODAPAY_REAUTHENTICATION_REQUIRED');
}
