import { retry, throwError, timer, type Observable, type Subscription } from 'rxjs';
import type { Departure } from '../departure.js';
import { VodaPayError } from '../errors/vodapay-error.js';
import type { Operation } from '../protocol/operations.js';
import { mayRepeat } from './may-repeat.js';
import type { Passage } from './resilience/passage.js';
import type { RetryBudget } from './resilience/retry-budget.js';
import { retryDelayMs, type RetryWaits } from './retry-delay.js';

export interface RepeatPolicy {
  /** Attempts in all, from 1. */
  readonly maxAttempts: number;
  /** Deadline of all attempts and the waits between them, in milliseconds. */
  readonly timeoutMs: number;
  readonly resilience: RetryWaits;
}

interface Surroundings {
  readonly passage: Pick<Passage, 'mayGoOn' | 'wentOut' | 'isOut' | 'begun'>;
  /** Pays for each repetition. */
  readonly retries: RetryBudget;
  /** A clock that never goes back, in milliseconds. */
  readonly monotonicMs: () => number;
  /** Cancels it all, waits included: VODAPAY_REQUEST_ABORTED. */
  readonly departure: Departure | undefined;
  /** A number in [0, 1). */
  readonly random?: () => number;
}

/**
 * Subscribes to attempts until one succeeds or another would be of no use. A wait that would pass the deadline is not
 * begun: the caller gets the failure at hand, which says more than a deadline would. So it does where a repetition was
 * refused its turn, or waited for it until the deadline: what the wallet said is what the call came to.
 */
export function repeatWithinDeadline<T>(
  operation: Operation,
  attempts: Observable<T>,
  { maxAttempts, timeoutMs, resilience }: RepeatPolicy,
  { passage, retries, monotonicMs, departure, random = Math.random }: Surroundings,
): Promise<T> {
  const deadlineAt = monotonicMs() + timeoutMs;
  let [atHand, ended]: [failure: unknown, attempts: number] = [undefined, 0];
  const repeated = retry<T>({
    delay: (error: unknown, failed) => {
      if (passage.isOut) atHand = error;
      ended = passage.begun;
      const fail = throwError(() => atHand ?? error);
      if (!(error instanceof VodaPayError) || failed >= maxAttempts || !mayRepeat(operation, error)) return fail;
      const delayMs = retryDelayMs(failed, error, resilience, random());
      return monotonicMs() + delayMs < deadlineAt && passage.mayGoOn && retries.take() ? timer(delayMs) : fail;
    },
  })(attempts);
  const late = (): unknown => {
    const isUnderWay = passage.isOut && passage.begun > ended;
    return (isUnderWay ? undefined : atHand) ?? deadlineExceeded(operation, timeoutMs, passage);
  };
  return firstWithin(repeated, timeoutMs, late, departure);
}

/**
 * rxjs' `firstValueFrom`, `timeout` and a `race` with the departure in one: every call has all three, and as operators
 * they cost a fifth of all that a call does besides signing and sending.
 */
function firstWithin<T>(
  values: Observable<T>,
  timeoutMs: number,
  late: () => unknown,
  departure: Departure | undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    let deadline: NodeJS.Timeout | undefined;
    let running: Subscription | undefined;
    let stopListening: (() => void) | undefined;
    const end = (): void => {
      isOver = true;
      clearTimeout(deadline);
      stopListening?.();
      running?.unsubscribe();
    };
    const fail = (error: unknown): void => {
      end();
      reject(error);
    };
    stopListening = departure?.(() => fail(new VodaPayError('VODAPAY_REQUEST_ABORTED')));
    if (isOver) {
      stopListening?.();
      return;
    }
    deadline = setTimeout(() => fail(late()), timeoutMs);
    running = values.subscribe({
      next: (value) => {
        end();
        resolve(value);
      },
      error: fail,
    });
    // The caller may have left while the first attempt began, as from the application's signer.
    if (isOver) running.unsubscribe();
  });
}

/** Where no attempt was let out, what the call would have spent is unspent. */
function deadlineExceeded(
  { name }: Operation,
  timeoutMs: number,
  { wentOut, begun }: Pick<Passage, 'wentOut' | 'begun'>,
): VodaPayError {
  const progress = wentOut ? `attempt ${begun} being under way` : 'having waited for a connection all the time';
  return new VodaPayError('VODAPAY_DEADLINE_EXCEEDED', {
    message: `${name} was not answered within ${timeoutMs} ms (timeoutMs), ${progress}.`,
    neverSent: !wentOut,
  });
}
