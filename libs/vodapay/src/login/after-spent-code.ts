import { VodaPayError } from '../errors/vodapay-error.js';
import { restateError } from '../errors/restate-error.js';

/**
 * What a failure means once the one-time auth code may have reached the wallet: repeating the request can only earn
 * USED_CODE, so `retry` becomes `new-auth-code` (PROTOCOL §3).
 */
export function afterSpentCode(error: unknown, { unlessNeverSent = false } = {}): unknown {
  if (!(error instanceof VodaPayError) || error.next !== 'retry') return error;
  if (unlessNeverSent && error.neverSent) return error;
  return restateError(error, { next: 'new-auth-code' });
}
