import type { VodaPayIdentity } from './vodapay-account-link.repository.js';

/** Who signs in, and through which client. */
export interface LinkLogin extends VodaPayIdentity {
  readonly clientId: string;
}
