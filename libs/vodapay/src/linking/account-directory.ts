import type { SyncedProfile } from './synced-profile.js';
import type { VodaPayProfile } from './vodapay-profile.js';

/** What the merchant knows of an account. */
export interface AccountStatus {
  readonly state: 'active' | 'disabled';
  /** Names of the fields that the account still lacks, in the merchant's own words. Empty: complete. */
  readonly missing: readonly string[];
}

/** An account that may belong to the VodaPay user who signs in. */
export interface AccountCandidate<Id extends string | number = string> {
  readonly id: Id;
  /** Which contact on record matches; the one-time code goes there. */
  readonly contact: 'email' | 'phone';
  /** The merchant itself has verified that contact. No other value counts. */
  readonly contactVerified: true;
}

/**
 * The merchant's accounts: the port that an application implements (type and injection token at once). An answer is waited
 * for 10 seconds, that of `create` 30; then, and when it has no shape of these, VODAPAY_ACCOUNT_DIRECTORY_FAILED.
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
   * Accounts whose own contact is the profile's e-mail or phone AND was verified by the merchant (R5). Needed by the
   * policy `ask`; nothing is linked by it alone. An entry without `contactVerified: true` is ignored and reported.
   */
  findCandidates?(profile: VodaPayProfile): Promise<readonly AccountCandidate<Id>[]>;

  /**
   * Called once a one-time code has proven the contact of an account, before VodaPay is linked to it: remove whatever
   * somebody may have set up who did not own that contact (a password from before it was verified), and end the
   * application's own sessions of the account (R5). May be called again for the same account.
   */
  dropUnprovenCredentials?(id: Id): Promise<void>;

  /**
   * How many ways to sign in the account has besides VodaPay (password, other providers). Absent: none, so that the last
   * VodaPay link can't be removed. Take such a way away only through `VodaPayLinkingService.removeSignInMethod` (I4).
   */
  otherSignInMethods?(id: Id): Promise<number>;

  /**
   * Takes over what VodaPay says now, with `linking.profileSync: 'on-login'`. Gets names, avatar, gender, birth date and
   * nationality as far as they are known; never an e-mail, a phone, a role or an id (R15). A failure fails no login.
   */
  updateProfile?(id: Id, profile: SyncedProfile): Promise<void>;

  /**
   * Reads an id back from the text under which it is stored. Needed when ids are numbers: `parseId = Number`.
   * Default: the text itself. `create` is refused with VODAPAY_ACCOUNT_DIRECTORY_FAILED when its id doesn't come back.
   */
  parseId?(text: string): Id;
}
