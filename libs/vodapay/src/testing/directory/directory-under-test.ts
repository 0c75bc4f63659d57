import type { AccountDirectory } from '../../linking/account-directory.js';
import type { VodaPayProfile } from '../../linking/vodapay-profile.js';

/**
 * A merchant's AccountDirectory, and what only the merchant can do to its accounts. Each part that is given adds the cases
 * that need it.
 */
export interface DirectoryUnderTest<Id extends string | number = string> {
  readonly accounts: AccountDirectory<Id>;
  /** An id of the right form that no account has. Default: a uuid, a large integer, or a text, as `create` gives them. */
  readonly unknownId?: Id;
  /** Disables an account. */
  readonly disable?: (id: Id) => Promise<void>;
  /** Deletes an account. */
  readonly remove?: (id: Id) => Promise<void>;
  /** Makes an account of the merchant's own, from before VodaPay, whose e-mail address is verified, or is not. */
  readonly makeWithEmail?: (email: string, verified: boolean) => Promise<Id>;
  /** A profile for which `create` must answer `conflict`. */
  readonly conflicting?: () => Promise<VodaPayProfile>;
  /** What identifies or reaches the account's owner at the merchant: e-mail, phone, roles. It is only compared. */
  readonly identityOf?: (id: Id) => Promise<unknown>;
  /** Called after each case. */
  readonly close?: () => Promise<void>;
}
