import type { SealedTokens } from '../../libs/vodapay/src/session/live-session.js';

/** The fixed clock of the tests on stored sessions. */
export const NOW = 1_763_856_000_000;
export const OWN = { namespace: 'sandbox:1', clientId: '1' };
export const LINK_ID = '01920000-0000-7000-8000-000000000001';
export const TOKENS: SealedTokens = {
  accessToken: 'sealed-access',
  accessTokenExpiresAt: NOW + 1_000,
  refreshToken: null,
  refreshTokenExpiresAt: null,
};
