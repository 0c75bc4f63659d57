import type { AccountStatus } from './account-directory.js';
import type { VodaPayProfile } from './vodapay-profile.js';

/** A login that found or made its account. */
export interface LinkedLogin {
  readonly link: {
    readonly id: string;
    /** The merchant's account id, as text. */
    readonly accountId: string;
    /** Epoch milliseconds. */
    readonly linkedAt: number;
  };
  /** `created`: this login made the account. `linked`: it linked a proven account. */
  readonly outcome: 'created' | 'existing' | 'linked';
  readonly account: AccountStatus;
}

/** A login that went on with its ticket, and what the ticket kept for it. */
export interface ResumedLogin extends LinkedLogin {
  readonly profile: VodaPayProfile;
  /** What the login gave to `linkAtLogin`. */
  readonly carried: string;
}
