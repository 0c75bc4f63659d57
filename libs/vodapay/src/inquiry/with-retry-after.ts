import { VodaPayError } from '../errors.js';

/** The same error, with the wallet's own word on when another try makes sense, where a retry may help at all. */
export function withRetryAfter(error: unknown, retryAfterMs: number | undefined): unknown {
  if (retryAfterMs === undefined || !(error instanceof VodaPayError) || !error.retryable) return error;
  const { code, message, cause, verified, resultCode, neverSent } = error;
  return new VodaPayError(code, {
    message,
    cause,
    verified,
    neverSent,
    retryAfterMs,
    ...(resultCode === undefined ? {} : { resultCode }),
  });
}
