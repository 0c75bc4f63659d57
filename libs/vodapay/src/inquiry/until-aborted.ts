import { Observable, race, type MonoTypeOperatorFunction } from 'rxjs';
import { VodaPayError } from '../errors/vodapay-error.js';

/** Fails with VODAPAY_REQUEST_ABORTED, and cancels what is in flight, when the caller's signal says so. */
export function untilAborted<T>(signal: AbortSignal | undefined): MonoTypeOperatorFunction<T> {
  return (call) => (signal === undefined ? call : race(abortOf(signal), call));
}

function abortOf(signal: AbortSignal): Observable<never> {
  return new Observable((subscriber) => {
    const abort = (): void => subscriber.error(new VodaPayError('VODAPAY_REQUEST_ABORTED'));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    return () => signal.removeEventListener('abort', abort);
  });
}
