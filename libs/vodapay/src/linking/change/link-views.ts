import type { AccountLink } from '../vodapay-account-link.repository.js';
import type { VodaPayLinkEvent } from './vodapay-link-event.entity.js';

/** A way to sign in to an account with VodaPay. */
export interface LinkView {
  readonly id: string;
  readonly namespace: string;
  readonly clientId: string;
  /** VodaPay's subject. */
  readonly userId: string;
  /** Epoch milliseconds. */
  readonly linkedAt: number;
}

/** What happened to a link. Of a move, both accounts see it. */
export type LinkEventView = Readonly<VodaPayLinkEvent>;

export interface LinkEventsPage {
  /** 1-200. Default 50. */
  readonly limit?: number;
  /** The id of the last event of the page before. */
  readonly before?: string;
}

/** 1 to 200, default 50. */
export function pageSize(limit: number | undefined): number {
  return Number.isSafeInteger(limit) ? Math.min(200, Math.max(1, limit ?? 50)) : 50;
}

export function toLinkView({ id, namespace, clientId, vodapayUserId, linkedAt, updatedAt }: AccountLink): LinkView {
  return { id, namespace, clientId, userId: vodapayUserId, linkedAt: linkedAt ?? updatedAt };
}
