import type { VodaPayTokens } from '../protocol/vodapay-tokens.js';

/** The wallet's tokens that a link ticket kept sealed: our own text, opened under its own key. */
export function readCarriedTokens(carried: string): VodaPayTokens {
  const kept = JSON.parse(carried) as Pick<VodaPayTokens, 'accessToken'> & Partial<VodaPayTokens>;
  return {
    accessTokenExpiresAt: undefined,
    refreshToken: undefined,
    refreshTokenExpiresAt: undefined,
    customerId: undefined,
    ...kept,
  };
}
