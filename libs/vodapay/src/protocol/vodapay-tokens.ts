/** What a user's consent is worth: the wallet's tokens. They stay on the server. */
export interface VodaPayTokens {
  /** 1-128 characters. */
  readonly accessToken: string;
  /** Epoch milliseconds; `undefined` when the wallet gave no readable time. */
  readonly accessTokenExpiresAt: number | undefined;
  /** 1-128 characters. */
  readonly refreshToken: string | undefined;
  /** Epoch milliseconds. */
  readonly refreshTokenExpiresAt: number | undefined;
  /** Seen equal to `userId`; no replacement for it. */
  readonly customerId: string | undefined;
}
