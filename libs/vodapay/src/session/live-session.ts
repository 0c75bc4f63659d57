/** The wallet's tokens as they are stored: sealed. Times in epoch milliseconds; null: unknown or none. */
export interface SealedTokens {
  readonly accessToken: string | null;
  readonly accessTokenExpiresAt: number | null;
  readonly refreshToken: string | null;
  readonly refreshTokenExpiresAt: number | null;
}

/** A stored session whose link is active, with what the link says of user and account. Times in epoch milliseconds. */
export interface LiveSession extends SealedTokens {
  readonly id: string;
  readonly namespace: string;
  readonly clientId: string;
  readonly linkId: string;
  /** The link's account now. */
  readonly accountId: string;
  /** VodaPay's subject. */
  readonly userId: string;
  readonly linkedAt: number;
  readonly createdAt: number;
  /** Absolute end; the row may outlive it. */
  readonly expiresAt: number;
  /** When the wallet last confirmed the user. */
  readonly validatedAt: number;
  /** Until when a refresh of this version may be under way; past: its answer was lost. */
  readonly refreshLeaseUntil: number | null;
  readonly tokenVersion: number;
}
