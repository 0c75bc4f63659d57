import type { VodaPayErrorCode } from '../errors/vodapay-errors.js';
import type { LinkCandidate } from './proof/find-candidates.js';
import {
  isActive,
  type AccountLink,
  type ActiveAccountLink,
  type VodaPayIdentity,
} from './vodapay-account-link.repository.js';

/**
 * What a first login of an unknown user does. `create`: an account · `ask`: a proof where an account may be hers, else an
 * account · `existing-only`: never an account, a link code links.
 */
export type LinkingPolicy = 'create' | 'ask' | 'existing-only';

/** What is known when the decision is taken. */
export interface LinkKnowledge {
  /** The row stored for the identity. */
  readonly link: AccountLink | undefined;
  /** How long this process has watched that row without seeing it change, in milliseconds of its monotonic clock. */
  readonly unchangedForMs: number;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Accounts that may be the user's, each once; asked under `ask` only, before anything is reserved. Default none. */
  readonly candidates?: readonly LinkCandidate[];
  /** Whether the merchant's `create` has answered this login with a conflict. Default false. */
  readonly conflict?: boolean;
}

/** Why, as a code; the words are in LINK_REASONS. */
export type LinkReason = keyof typeof LINK_REASONS;

export type LinkDecision =
  | { readonly kind: 'existing'; readonly reason: LinkReason; readonly link: ActiveAccountLink }
  /** `takeOver`: the reservation to continue, with its key; undefined: make a new one. */
  | { readonly kind: 'create'; readonly reason: LinkReason; readonly takeOver: AccountLink | undefined }
  | PendingLink
  | { readonly kind: 'wait'; readonly reason: LinkReason }
  | { readonly kind: 'refused'; readonly reason: LinkReason; readonly code: VodaPayErrorCode };

/** A proof is needed before anything is linked: a ticket is issued. Nothing has been written. */
export type PendingLink =
  | {
      readonly kind: 'pending';
      readonly reason: LinkReason;
      /** A code sent to the account's own contact, or a link code of that account. */
      readonly by: 'contact';
      readonly candidate: LinkCandidate;
    }
  /** A link code of any account. */
  | { readonly kind: 'pending'; readonly reason: LinkReason; readonly by: 'link-code' };

export const LINK_REASONS = Object.freeze({
  LINKED: 'This VodaPay user is linked to an account.',
  UNKNOWN_USER: 'This VodaPay user is unknown, and the policy makes an account for an unknown user.',
  NO_CANDIDATE: 'No account has a verified contact of this VodaPay user, so the policy makes an account.',
  ONE_CANDIDATE: 'One account has a verified contact of this VodaPay user: its owner must prove it.',
  SEVERAL_CANDIDATES: 'Several accounts have a verified contact of this VodaPay user: a link code must name one.',
  CREATION_FORBIDDEN: 'This VodaPay user is unknown, and the policy makes no accounts: a link code must name one.',
  CONFLICT_ASKED: 'The application can make no account because one exists already: a link code must name it.',
  CONFLICT: 'An account with these details exists already. Sign in to it and link VodaPay there.',
  RESERVATION_GIVEN_UP: 'An earlier first login of this user failed; this one continues it under the same key.',
  RESERVATION_SILENT: 'An earlier first login of this user shows no life; this one continues it under the same key.',
  RESERVATION_OLD: 'An earlier first login of this user was left behind; this one continues it under the same key.',
  RESERVATION_HELD: 'Another login of this user is making the account at this moment.',
  IDENTITY_UNUSABLE: 'The namespace or the user id is empty or too long to be stored.',
});

/** A reservation that hasn't changed for this long, by the watcher's own clock, has lost its owner. Milliseconds. */
export const SILENT_AFTER_MS = 2_500;

/** A reservation this old by its own stamp is taken over without watching it. Above any clock difference to expect. */
export const OLD_AFTER_MS = 60_000;

/** Decides what a login does; carries nothing out. */
export function decideLink(identity: VodaPayIdentity, known: LinkKnowledge, policy: LinkingPolicy): LinkDecision {
  if (!isStorable(identity)) return { kind: 'refused', reason: 'IDENTITY_UNUSABLE', code: 'VODAPAY_USER_ID_UNUSABLE' };
  const { link } = known;
  if (isActive(link)) return { kind: 'existing', reason: 'LINKED', link };
  if (known.conflict === true) return decideConflict(policy);
  if (link === undefined) return decideUnknown(known.candidates ?? [], policy);
  const reason = whyFree(link, known);
  if (reason === undefined) return { kind: 'wait', reason: 'RESERVATION_HELD' };
  if (policy === 'existing-only') return decideUnknown([], policy);
  // An account may have been made under this key, so no candidate is asked for it any more.
  return { kind: 'create', reason, takeOver: link };
}

function decideUnknown(candidates: readonly LinkCandidate[], policy: LinkingPolicy): LinkDecision {
  switch (policy) {
    case 'create':
      return { kind: 'create', reason: 'UNKNOWN_USER', takeOver: undefined };
    case 'ask':
      return decideAsked(candidates);
    case 'existing-only':
      return { kind: 'pending', reason: 'CREATION_FORBIDDEN', by: 'link-code' };
  }
}

/** Who of several is meant can't be told by contacts, and a code to each would tell everybody of the attempt. */
function decideAsked([candidate, ...others]: readonly LinkCandidate[]): LinkDecision {
  if (candidate === undefined) return { kind: 'create', reason: 'NO_CANDIDATE', takeOver: undefined };
  if (others.length > 0) return { kind: 'pending', reason: 'SEVERAL_CANDIDATES', by: 'link-code' };
  return { kind: 'pending', reason: 'ONE_CANDIDATE', by: 'contact', candidate };
}

function decideConflict(policy: LinkingPolicy): LinkDecision {
  switch (policy) {
    case 'create':
      return { kind: 'refused', reason: 'CONFLICT', code: 'VODAPAY_ACCOUNT_EXISTS' };
    case 'ask':
    case 'existing-only':
      return { kind: 'pending', reason: 'CONFLICT_ASKED', by: 'link-code' };
  }
}

function whyFree({ updatedAt }: AccountLink, { unchangedForMs, now }: LinkKnowledge): LinkReason | undefined {
  if (updatedAt === 0) return 'RESERVATION_GIVEN_UP';
  if (now - updatedAt > OLD_AFTER_MS) return 'RESERVATION_OLD';
  return unchangedForMs >= SILENT_AFTER_MS ? 'RESERVATION_SILENT' : undefined;
}

/** The columns' lengths: SQLite would store more, MariaDB might cut. */
function isStorable({ namespace, userId }: VodaPayIdentity): boolean {
  return isWithin(namespace, 160) && isWithin(userId, 64);
}

function isWithin(text: string, characters: number): boolean {
  return text.length > 0 && text.length <= characters;
}
