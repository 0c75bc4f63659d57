import { VodaPayError } from '../errors/vodapay-error.js';
import { classifyDatabaseFailure, isDatabaseError, withoutValues } from '../store/database-failure.js';
import { retryTransient } from '../store/retry-transient.js';
import { withinTime } from '../within-time.js';

/** How long an answer may take, tries included. Milliseconds. */
const ANSWER_WITHIN_MS = 10_000;

/** Tries of a call that ends in a unique violation. */
const UNIQUE_TRIES = 3;

/**
 * Asks the merchant's AccountDirectory and reads what it answers. Its database's passing failures are repeated; what
 * remains, and no answer in time, becomes VODAPAY_STORE_UNAVAILABLE or VODAPAY_ACCOUNT_DIRECTORY_FAILED. A VodaPayError
 * of its own passes as it is.
 */
export async function askDirectory<T>(ask: () => Promise<T>, withinMs: number = ANSWER_WITHIN_MS): Promise<T> {
  try {
    const answer = retryTransient(async () => ask(), { isRetryable: retryable() });
    return await withinTime(answer, withinMs, () => tooSlow(withinMs));
  } catch (error) {
    if (error instanceof VodaPayError) throw error;
    const failure = classifyDatabaseFailure(error);
    const unavailable = failure === 'connection' || failure === 'transient';
    throw new VodaPayError(unavailable ? 'VODAPAY_STORE_UNAVAILABLE' : 'VODAPAY_ACCOUNT_DIRECTORY_FAILED', {
      cause: isDatabaseError(error) || failure !== 'foreign' ? withoutValues(error) : error,
    });
  }
}

/**
 * A unique violation too: two tries under one idempotency key met, and the next one finds the account made. One that
 * stays is of something else, an e-mail that is taken.
 */
function retryable(): (error: unknown) => boolean {
  let violations = 0;
  return (error) => {
    const failure = classifyDatabaseFailure(error);
    if (failure === 'unique') violations += 1;
    return failure === 'transient' || (failure === 'unique' && violations < UNIQUE_TRIES);
  };
}

function tooSlow(withinMs: number): VodaPayError {
  return new VodaPayError('VODAPAY_ACCOUNT_DIRECTORY_FAILED', {
    message: `The AccountDirectory did not answer within ${withinMs} ms.`,
  });
}
