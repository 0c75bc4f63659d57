import { Observable } from 'rxjs';
import { Cancellation } from './cancellation.js';

/** Work as an Observable that begins with its subscriber and is cancelled when he leaves before its end. */
export function cancellable<T>(work: (cancellation: Cancellation) => Promise<T>): Observable<T> {
  return new Observable((subscriber) => {
    const cancellation = new Cancellation();
    let settled = false;
    const run = async (): Promise<void> => {
      try {
        const value = await work(cancellation);
        settled = true;
        subscriber.next(value);
        subscriber.complete();
      } catch (error) {
        settled = true;
        subscriber.error(error);
      }
    };
    void run();
    return () => {
      if (!settled) cancellation.cancel();
    };
  });
}
