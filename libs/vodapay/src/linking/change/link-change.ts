/**
 * `linked`: the identity opens an account · `moved`: it opens another one · `unlinked`: it opens none · `erased`: what was
 * stored about the person was removed (an event only, never the change of a link's row).
 */
export type LinkChangeKind = 'linked' | 'moved' | 'unlinked' | 'erased';

/** Who caused it. `user`: the account's owner, signed in. `merchant`: the application's own code or staff. */
export type LinkActor = 'user' | 'merchant';

/**
 * Why, as a code.
 * `first-login`: the login made the account · `proved-by-contact`, `proved-by-link-code`, `proved-by-merchant`: how the
 * account's side was proven · `not-proven`: the account's contact was proven for another wallet, and this one never had
 * proven it · `declined`: a fresh account instead of the one found · `asked`: the owner asked for it ·
 * `account-removed`: the account was deleted.
 */
export type LinkChangeReason =
  | 'first-login'
  | 'proved-by-contact'
  | 'proved-by-link-code'
  | 'proved-by-merchant'
  | 'not-proven'
  | 'declined'
  | 'asked'
  | 'account-removed';

/** A change of a link. It is stored in the link's row by the very statement that makes it (ADR 5). */
export interface LinkChange {
  /** uuid v7; also the id of its event. */
  readonly id: string;
  readonly kind: LinkChangeKind;
  readonly actor: LinkActor;
  readonly reason: LinkChangeReason;
  /** The policy under which it happened. */
  readonly policy: string;
  /** Keyed hash of the identity, see `identityHash`. */
  readonly identityHash: string;
  /** Of a move: the account it left. */
  readonly fromAccountId: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
}
