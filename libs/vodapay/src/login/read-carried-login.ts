import type { VodaPayScope } from '../protocol/scopes.js';
import type { VodaPayTokens } from '../protocol/vodapay-tokens.js';

/** What of a login waits in a link ticket until an account is proven. */
export interface CarriedLogin {
  readonly tokens: VodaPayTokens;
  readonly scopes: readonly VodaPayScope[];
}

/** The login that a link ticket kept sealed: our own text, opened under its own key. */
export function readCarriedLogin(carried: string): CarriedLogin {
  const { scopes, ...tokens } = JSON.parse(carried) as Kept;
  const unknown = { accessTokenExpiresAt: undefined, refreshTokenExpiresAt: undefined };
  return { tokens: { ...unknown, refreshToken: undefined, customerId: undefined, ...tokens }, scopes: scopes ?? [] };
}

/** Tickets of an earlier version keep no scopes. */
type Kept = Pick<VodaPayTokens, 'accessToken'> & Partial<VodaPayTokens> & { readonly scopes?: readonly VodaPayScope[] };
