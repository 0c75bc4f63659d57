import type { LinkDelivery } from './link-delivery.js';

/** What only the refused client may learn: its ticket is as secret as a session token. */
export interface VodaPayErrorRefusal {
  /** `vpt_…`: the link ticket. */
  readonly ticket?: string;
  readonly delivery?: LinkDelivery;
  /** Of VODAPAY_PROFILE_INCOMPLETE: the names of the fields that the account lacks. */
  readonly missing?: readonly string[];
  /** Of VODAPAY_SCOPE_INSUFFICIENT: all scopes that the route needs. */
  readonly requiredScopes?: readonly string[];
  /** Of VODAPAY_SCOPE_INSUFFICIENT: those of them whose data VodaPay did not release. */
  readonly missingScopes?: readonly string[];
}
