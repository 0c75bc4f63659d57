import { VodaPayError } from '../../errors/vodapay-error.js';
import type { VodaPayErrorCode } from '../../errors/vodapay-errors.js';

/** What one attempt says about the wallet. */
export type CallOutcome =
  /** It answered, whatever it said. */
  | 'answered'
  /** It answered that we ask too often. */
  | 'throttled'
  /** It did not answer, or as a server that is broken. */
  | 'failed'
  /** Nothing: the caller left, or our own side failed before anything was sent. */
  | 'untold';

/** Codes that say something else than `answered`: F, U and answers that fail verification are answers. */
const OUTCOMES: Partial<Readonly<Record<VodaPayErrorCode, CallOutcome>>> = {
  VODAPAY_TRAFFIC_LIMITED: 'throttled',
  VODAPAY_UNREACHABLE: 'failed',
  VODAPAY_WALLET_UNAVAILABLE: 'failed',
  VODAPAY_RESPONSE_INCOMPLETE: 'failed',
  VODAPAY_DEADLINE_EXCEEDED: 'failed',
  VODAPAY_REQUEST_ABORTED: 'untold',
  VODAPAY_KEY_SERVICE_UNAVAILABLE: 'untold',
};

export function outcomeOfError(error: unknown): CallOutcome {
  return error instanceof VodaPayError ? (OUTCOMES[error.code] ?? 'answered') : 'untold';
}
