import type { VodaPayErrorRefusal } from './vodapay-error-refusal.js';
import type { VodaPayNextStep } from './vodapay-next-step.js';

/** What a place that throws may add to the table's entry. Nothing here may hold a secret or a personal datum. */
export interface VodaPayErrorDetails {
  /** Expected, came, what to check next. Default: the table's message. */
  readonly message?: string;
  readonly cause?: unknown;
  /** Whether a signed and verified answer says so. An unverified one changes no stored state. Default false. */
  readonly verified?: boolean;
  /** VodaPay's own result code, for the operator. At most 64 characters of `A-Z0-9_`. */
  readonly resultCode?: string;
  /** When another try makes sense, in milliseconds. */
  readonly retryAfterMs?: number;
  /** What the client does next, where the place that throws knows better than the table: a used-up auth code. */
  readonly next?: VodaPayNextStep;
  /** Whether the request surely never reached the wallet, so that even a one-time code may be sent again. Default false. */
  readonly neverSent?: boolean;
  /** Goes into the refusal's body and nowhere else. */
  readonly refusal?: VodaPayErrorRefusal;
}
