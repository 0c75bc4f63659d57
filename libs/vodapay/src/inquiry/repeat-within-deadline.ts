import { defer, retry, throwError, timer, type Observable } from 'rxjs';
import { VodaPayError } from '../errors/vodapay-error.js';
import type { Operation } from '../protocol/operations.js';
import { mayRepeat } from './may-repeat.js';
import type { RetryBudget } from './resilience/retry-budget.js';
import { retryDelayMs, type RetryWaits } from './retry-delay.js';
import { unlessEnded } from './unless-ended.js';

export interface RepeatPolicy {
  /** Attempts in all, from 1. */
  readonly maxAttempts: number;
  /** Deadline of all attempts and the waits between them, in milliseconds. */
  readonly timeoutMs: number;
  readonly resilience: RetryWaits;
}

interface Surroundings {
  /** Whether this side would let another attempt out. */
  readonly mayGoOn: () => boolean;
  /** Whether any attempt has been let out, and not only waited for its turn. */
  readonly wentOut: () => boolean;
  /** Pays for each repetition. */
  readonly retries: RetryBudget;
  /** A clock that never goes back, in milliseconds. */
  readonly monotonicMs: () => number;
  /** Cancels it all, waits included: VODAPAY_REQUEST_ABORTED. */
  readonly signal?: AbortSignal | undefined;
  /** A number in [0, 1). */
  readonly random?: () => number;
}

/**
 * Runs attempts (each told its number, from 1) until one succeeds or another would be of no use. A wait that would pass
 * the deadline is not begun: the caller gets the failure at hand, which says more than a deadline would.
 */
export function repeatWithinDeadline<T>(
  operation: Operation,
  attempt: (number: number) => Observable<T>,
  { maxAttempts, timeoutMs, resilience }: RepeatPolicy,
  { mayGoOn, wentOut, retries, monotonicMs, signal, random = Math.random }: Surroundings,
): Observable<T> {
  return defer(() => {
    const deadlineAt = monotonicMs() + timeoutMs;
    let attempts = 0;
    const late = (): VodaPayError => deadlineExceeded(operation, timeoutMs, wentOut() ? attempts : undefined);
    return defer(() => attempt(++attempts)).pipe(
      retry({
        delay: (error: unknown) => {
          const fail = throwError(() => error);
          if (!(error instanceof VodaPayError) || attempts >= maxAttempts || !mayRepeat(operation, error)) return fail;
          const delayMs = retryDelayMs(attempts, error, resilience, random());
          return monotonicMs() + delayMs < deadlineAt && mayGoOn() && retries.take() ? timer(delayMs) : fail;
        },
      }),
      unlessEnded({ timeoutMs, late, signal }),
    );
  });
}

/** @param attempt the one under way; undefined: none was let out, so what the call would have spent is unspent. */
function deadlineExceeded({ name }: Operation, timeoutMs: number, attempt: number | undefined): VodaPayError {
  const progress =
    attempt === undefined ? 'having waited for a connection all the time' : `attempt ${attempt} being under way`;
  return new VodaPayError('VODAPAY_DEADLINE_EXCEEDED', {
    message: `${name} was not answered within ${timeoutMs} ms (timeoutMs), ${progress}.`,
    neverSent: attempt === undefined,
  });
}
