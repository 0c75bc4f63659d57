import type { VodaPayErrorCode } from '../errors.js';
import {
  isActive,
  type AccountLink,
  type ActiveAccountLink,
  type VodaPayIdentity,
} from './vodapay-account-link.repository.js';

/** What a first login of an unknown user does. */
export type LinkingPolicy = 'create';

/** What is known when the decision is taken. */
export interface LinkKnowledge {
  /** The row stored for the identity. */
  readonly link: AccountLink | undefined;
  /** How long this process has watched that row without seeing it change, in milliseconds of its monotonic clock. */
  readonly unchangedForMs: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Why, as a code; the words are in LINK_REASONS. */
export type LinkReason = keyof typeof LINK_REASONS;

export type LinkDecision =
  | { readonly kind: 'existing'; readonly reason: LinkReason; readonly link: ActiveAccountLink }
  /** `takeOver`: the reservation to continue, with its key; undefined: make a new one. */
  | { readonly kind: 'create'; readonly reason: LinkReason; readonly takeOver: AccountLink | undefined }
  | { readonly kind: 'wait'; readonly reason: LinkReason }
  | { readonly kind: 'refused'; readonly reason: LinkReason; readonly code: VodaPayErrorCode };

export const LINK_REASONS = Object.freeze({
  LINKED: 'This VodaPay user is linked to an account.',
  UNKNOWN_USER: 'This VodaPay user is unknown, and the policy makes an account for an unknown user.',
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
  if (link === undefined) return decideUnknown(policy);
  const reason = whyFree(link, known);
  if (reason === undefined) return { kind: 'wait', reason: 'RESERVATION_HELD' };
  return { kind: 'create', reason, takeOver: link };
}

function decideUnknown(policy: LinkingPolicy): LinkDecision {
  switch (policy) {
    case 'create':
      return { kind: 'create', reason: 'UNKNOWN_USER', takeOver: undefined };
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
