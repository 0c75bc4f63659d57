import type { AuthCodeInput, InquiryInput, RefreshTokenInput } from './inquiry-inputs.js';

/*
 * The texts that are signed and sent, keys in the order of VodaPay's samples. `applyToken` gets the minimal bodies: they
 * are what is known to work.
 */

export function inquiryBody({ authClientId, accessToken, extendInfo }: InquiryInput): string {
  return JSON.stringify({ authClientId, accessToken, extendInfo });
}

export function authCodeBody({ authCode }: AuthCodeInput): string {
  return JSON.stringify({ grantType: 'AUTHORIZATION_CODE', authCode });
}

export function refreshTokenBody({ refreshToken }: RefreshTokenInput): string {
  return JSON.stringify({ grantType: 'REFRESH_TOKEN', refreshToken });
}
