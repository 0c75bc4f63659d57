const PROVEN: unique symbol = Symbol('ProvenAccount');

/** How somebody proved to own an account, without VodaPay. */
export type AccountProofKind = 'link-code' | 'contact' | 'merchant';

/**
 * An account whose owner has just been proven. Made by `accountProvenBy` only: an object that came out of a request
 * never passes for one.
 */
export interface ProvenAccount {
  readonly accountId: string;
  readonly provenBy: AccountProofKind;
  /** Epoch milliseconds. */
  readonly authenticatedAt: number;
  readonly [PROVEN]: true;
}

/**
 * States that the person at hand owns this account. Call it only where your own server has just checked that: with
 * `merchant` after a sign-in at your own website, in that very session.
 *
 * @param authenticatedAt when she proved it, epoch milliseconds
 *
 * @example
 * linking.move(principal, accountProvenBy('merchant', websiteSession.accountId, websiteSession.signedInAt));
 */
export function accountProvenBy(provenBy: AccountProofKind, accountId: string, authenticatedAt: number): ProvenAccount {
  return Object.freeze({ provenBy, accountId, authenticatedAt, [PROVEN]: true as const });
}

/** Whether `accountProvenBy` made it. */
export function isProvenAccount(value: unknown): value is ProvenAccount {
  return typeof value === 'object' && value !== null && PROVEN in value;
}
