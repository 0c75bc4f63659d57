import type { VodaPayError } from '../errors/vodapay-error.js';
import type { VodaPayErrorCode } from '../errors/vodapay-errors.js';
import type { Operation } from '../protocol/operations.js';

/** What another try may mend: not a refusal (F), nor an answer that can't be trusted or followed. */
const REPEATABLE: ReadonlySet<VodaPayErrorCode> = new Set([
  'VODAPAY_UNKNOWN_EXCEPTION',
  'VODAPAY_TRAFFIC_LIMITED',
  'VODAPAY_UNREACHABLE',
  'VODAPAY_WALLET_UNAVAILABLE',
  'VODAPAY_RESPONSE_INCOMPLETE',
]);

/**
 * Whether the call may be sent once more. One that changes something at the wallet (an auth code or refresh token is
 * used up) only if it surely never left: after a lost answer, a repetition would be told USED_CODE.
 */
export function mayRepeat({ readOnly }: Operation, { code, neverSent }: VodaPayError): boolean {
  // Slowed down on this side already: another try would only wait once more.
  if (code === 'VODAPAY_TRAFFIC_LIMITED' && neverSent) return false;
  return REPEATABLE.has(code) && (readOnly || neverSent);
}
