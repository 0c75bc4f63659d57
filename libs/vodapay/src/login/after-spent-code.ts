import { VodaPayError } from '../errors.js';

/**
 * What a failure means once the one-time auth code may have reached the wallet: repeating the request can only earn
 * USED_CODE, so `retry` becomes `new-auth-code` (PROTOCOL §3).
 */
export function afterSpentCode(error: unknown, { unlessNeverSent = false } = {}): unknown {
  if (!(error instanceof VodaPayError) || error.next !== 'retry') return error;
  if (unlessNeverSent && error.neverSent) return error;
  const { code, message, cause, verified, resultCode, retryAfterMs, neverSent } = error;
  return new VodaPayError(code, {
    message,
    cause,
    verified,
    neverSent,
    next: 'new-auth-code',
    ...(resultCode === undefined ? {} : { resultCode }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}
