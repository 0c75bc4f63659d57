import type { ActiveAccountLink } from './vodapay-account-link.repository.js';

/** How a first login ended well. `existing`: somebody else made the account meanwhile. */
export interface FirstLoginResult {
  readonly link: ActiveAccountLink;
  readonly outcome: 'created' | 'existing';
}
