import { VodaPayError } from '../../errors.js';

/** Who asks to change a link. A `VodaPayPrincipal` is one; so is a session of the merchant's own website. */
export interface SignedInUser {
  /** The merchant's account id, as text. */
  readonly accountId: string;
  /** The link that is meant; of a principal: the one that it signed in with. */
  readonly linkId: string;
  /** When the user proved who she is, epoch milliseconds. Without it nothing is changed. */
  readonly authenticatedAt?: number;
}

/** R23. Throws VODAPAY_REAUTHENTICATION_REQUIRED when the sign-in is unknown or older than `withinMs`. */
export function mustBeRecent(signedIn: { readonly authenticatedAt?: number }, withinMs: number, now: number): void {
  const { authenticatedAt } = signedIn;
  const ageMs = authenticatedAt === undefined ? Number.NaN : now - authenticatedAt;
  // Also refuses what is not a number.
  if (!(ageMs <= withinMs)) throw new VodaPayError('VODAPAY_REAUTHENTICATION_REQUIRED');
}
