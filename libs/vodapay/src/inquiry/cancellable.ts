import { Observable } from 'rxjs';
import { Cancellation } from './cancellation.js';

/** Work as an Observable that begins with its subscriber and is cancelled when he leaves before its end. */
export function cancellable<T>(work: (cancellation: Cancellation) => Promise<T>): Observable<T> {
  return new Observable((subscriber) => {
    const cancellation = new Cancellation();
    let settled = false;
    work(cancellation).then(
      (value) => {
        settled = true;
        subscriber.next(value);
        subscriber.complete();
      },
      (error: unknown) => {
        settled = true;
        subscriber.error(error);
      },
    );
    return () => {
      if (!settled) cancellation.cancel();
    };
  });
}
