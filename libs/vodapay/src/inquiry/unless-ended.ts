import { Observable, type MonoTypeOperatorFunction } from 'rxjs';
import { VodaPayError } from '../errors/vodapay-error.js';

/** What may end a call from outside. */
export interface CallEnd {
  /** How long the call may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Makes the error of a call that takes longer. */
  readonly late: () => VodaPayError;
  /** The caller's own stop: VODAPAY_REQUEST_ABORTED. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Fails when the time is over or the signal says so, and leaves what is in flight then. It is rxjs' `timeout` and a `race`
 * with the signal in one: every call has both, and as operators they cost a fifth of all that a call does besides signing.
 */
export function unlessEnded<T>({ timeoutMs, late, signal }: CallEnd): MonoTypeOperatorFunction<T> {
  return (call) =>
    new Observable((subscriber) => {
      const abort = (): void => subscriber.error(new VodaPayError('VODAPAY_REQUEST_ABORTED'));
      if (signal?.aborted === true) {
        abort();
        return;
      }
      const timer = setTimeout(() => subscriber.error(late()), timeoutMs);
      signal?.addEventListener('abort', abort, { once: true });
      subscriber.add(() => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      });
      call.subscribe(subscriber);
    });
}
