import { VodaPayError } from '../errors/vodapay-error.js';
import { restateError } from '../errors/restate-error.js';

/** The same error, with the wallet's own word on when another try makes sense, where a retry may help at all. */
export function withRetryAfter(error: unknown, retryAfterMs: number | undefined): unknown {
  if (retryAfterMs === undefined || !(error instanceof VodaPayError) || !error.retryable) return error;
  return restateError(error, { retryAfterMs });
}
