import { VodaPayError } from '../errors.js';
import { classifyDatabaseFailure, isDatabaseError, withoutValues } from '../store/database-failure.js';
import { retryTransient } from '../store/retry-transient.js';

/**
 * Asks the merchant's AccountDirectory. Its database's passing failures are repeated; what remains becomes
 * VODAPAY_STORE_UNAVAILABLE or VODAPAY_ACCOUNT_DIRECTORY_FAILED. A VodaPayError of its own passes as it is.
 */
export async function askDirectory<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await retryTransient(async () => ask(), { isRetryable });
  } catch (error) {
    if (error instanceof VodaPayError) throw error;
    const failure = classifyDatabaseFailure(error);
    const unavailable = failure === 'connection' || failure === 'transient';
    throw new VodaPayError(unavailable ? 'VODAPAY_STORE_UNAVAILABLE' : 'VODAPAY_ACCOUNT_DIRECTORY_FAILED', {
      cause: isDatabaseError(error) || failure !== 'foreign' ? withoutValues(error) : error,
    });
  }
}

/** A unique violation too: two tries under one idempotency key met, and the next one finds the account made. */
function isRetryable(error: unknown): boolean {
  const failure = classifyDatabaseFailure(error);
  return failure === 'transient' || failure === 'unique';
}
