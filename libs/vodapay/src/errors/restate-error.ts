import { VodaPayError } from './vodapay-error.js';
import type { VodaPayErrorDetails } from './vodapay-error-details.js';

/** The same error, save these details. Its stack begins here. */
export function restateError(error: VodaPayError, details: VodaPayErrorDetails): VodaPayError {
  const { code, message, cause, verified, resultCode, retryAfterMs, next, neverSent, refusal } = error;
  return new VodaPayError(code, {
    message,
    cause,
    verified,
    next,
    neverSent,
    ...(resultCode !== undefined && { resultCode }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(refusal !== undefined && { refusal }),
    ...details,
  });
}
