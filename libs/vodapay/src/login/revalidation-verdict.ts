import type { VodaPayError } from '../errors/vodapay-error.js';
import type { VodaPayErrorCode } from '../errors/vodapay-errors.js';

/** What a failed revalidation means for the session. */
export type RevalidationVerdict =
  /** The wallet says, signed, that the token is worth nothing any more: the session ends. */
  | 'ends'
  /** This request is refused; the session stays. */
  | 'refuses'
  /** No answer that can be trusted: the session serves on for a while. */
  | 'unanswered';

const ENDING: ReadonlySet<VodaPayErrorCode> = new Set<VodaPayErrorCode>([
  'VODAPAY_ACCESS_TOKEN_INVALID',
  'VODAPAY_ACCESS_TOKEN_EXPIRED',
  'VODAPAY_ACCESS_DENIED',
  'VODAPAY_WALLET_USER_INACTIVE',
  'VODAPAY_REAUTHENTICATION_REQUIRED',
]);

const ANSWER_STAGES: ReadonlySet<VodaPayError['stage']> = new Set(['wallet', 'answer', 'transport']);

/** Judges by code, and by whether a verified answer said so: an unsigned F or U changes no state (R9). */
export function revalidationVerdict(error: VodaPayError): RevalidationVerdict {
  if (error.verified && ENDING.has(error.code)) return 'ends';
  return ANSWER_STAGES.has(error.stage) ? 'unanswered' : 'refuses';
}
