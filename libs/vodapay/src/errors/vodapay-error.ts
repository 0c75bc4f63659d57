import type { VodaPayErrorDetails } from './vodapay-error-details.js';
import type { VodaPayErrorRefusal } from './vodapay-error-refusal.js';
import type { VodaPayErrorStage } from './vodapay-error-stage.js';
import { VODAPAY_ERRORS, type VodaPayErrorCode } from './vodapay-errors.js';
import type { VodaPayNextStep } from './vodapay-next-step.js';

/** The one error of this library at run time. Configuration mistakes are a `TypeError` at start-up instead. */
export class VodaPayError extends Error {
  override readonly name = 'VodaPayError';
  readonly code: VodaPayErrorCode;
  readonly stage: VodaPayErrorStage;
  /** HTTP status of the refusal. */
  readonly status: number;
  readonly retryable: boolean;
  readonly next: VodaPayNextStep;
  readonly verified: boolean;
  readonly resultCode: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly neverSent: boolean;
  /** Private, so that no log that prints errors shows it (R19). */
  readonly #refusal: VodaPayErrorRefusal | undefined;

  constructor(code: VodaPayErrorCode, details: VodaPayErrorDetails = {}) {
    const definition = VODAPAY_ERRORS[code];
    super(details.message ?? definition.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.stage = definition.stage;
    this.status = definition.status;
    this.retryable = definition.retryable;
    this.next = details.next ?? definition.next;
    this.verified = details.verified ?? false;
    this.resultCode = details.resultCode;
    this.retryAfterMs = details.retryAfterMs;
    this.neverSent = details.neverSent ?? false;
    this.#refusal = details.refusal;
  }

  /** What belongs into the body of the HTTP refusal besides code and message. Hold it back from logs. */
  get refusal(): VodaPayErrorRefusal | undefined {
    return this.#refusal;
  }
}
