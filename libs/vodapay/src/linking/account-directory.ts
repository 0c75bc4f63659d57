import type { VodaPayProfile } from './vodapay-profile.js';

/** What the merchant knows of an account. */
export interface AccountStatus {
  readonly state: 'active' | 'disabled';
  /** Names of the fields that the account still lacks, in the merchant's own words. Empty: complete. */
  readonly missing: readonly string[];
}

/**
 * The merchant's accounts: the port that an application implements (type and injection token at once).
 *
 * @example
 * class Accounts extends AccountDirectory {
 *   async create(profile, { idempotencyKey }) { return { id: await this.insertOnce(idempotencyKey, profile.nickName) }; }
 *   async find(id) { return (await this.has(id)) ? { state: 'active', missing: [] } : undefined; }
 * }
 */
export abstract class AccountDirectory<Id extends string | number = string> {
  /**
   * Makes the account, or returns the one already made for this key (a uuid, the same after a crash).
   * Called outside any transaction or connection of this library. `conflict` says, in words for the operator and
   * without personal data, why no account can be made: the login is answered with VODAPAY_ACCOUNT_EXISTS.
   */
  abstract create(
    profile: VodaPayProfile,
    request: { readonly idempotencyKey: string },
  ): Promise<{ readonly id: Id } | { readonly conflict: string }>;

  /** The account's state; `undefined` when it is gone. */
  abstract find(id: Id): Promise<AccountStatus | undefined>;

  /**
   * Reads an id back from the text under which it is stored. Needed when ids are numbers: `parseId = Number`.
   * Default: the text itself. `create` is refused with VODAPAY_ACCOUNT_DIRECTORY_FAILED when its id doesn't come back.
   */
  parseId?(text: string): Id;
}
