/** The wallet's tokens as they are stored: sealed. Times in epoch milliseconds; null: unknown or none. */
export interface SealedTokens {
  readonly accessToken: string | null;
  readonly accessTokenExpiresAt: number | null;
  readonly refreshToken: string | null;
  readonly refreshTokenExpiresAt: number | null;
}

/** What a request needs of a session whose link is active. Times in epoch milliseconds. */
export interface LiveSession {
  readonly id: string;
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
  /** When the session was last used, to the minute. */
  readonly lastSeenAt: number;
  /** The scopes whose data the wallet released when it last confirmed the user, packed. */
  readonly scopes: number;
}

/** A session with the hash of its token. */
export interface HashedSession extends LiveSession {
  /** SHA-256, 64 hex digits. */
  readonly tokenHash: string;
}

/** The session of a request that is being served; the hash is of the token that the request brought. */
export type SessionInUse = HashedSession;

/** A session with its sealed tokens. */
export interface StoredSession extends LiveSession, SealedTokens {
  /** Until when, by the clock of the process that sent it, a refresh of this version may be under way; 0: its answer is lost. */
  readonly refreshLeaseUntil: number | null;
  readonly tokenVersion: number;
}
