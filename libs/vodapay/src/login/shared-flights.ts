import type { Departure } from '../departure.js';
import { VodaPayError } from '../errors/vodapay-error.js';
import { Cancellation } from '../inquiry/cancellation.js';

interface Flight<T> {
  readonly landing: Promise<T>;
  readonly cancellation: Cancellation;
  riders: number;
}

/**
 * Single flight: those who ask for the same thing while it is being fetched share the one answer. Nothing is kept after
 * it has come. Who leaves only leaves; the fetching is cancelled when the last one has left.
 */
export class SharedFlights<T> {
  private readonly flights = new Map<string, Flight<T>>();

  /**
   * @param key what is fetched, hashed where it is a secret
   * @param departure tells when this one leaves; she is then told VODAPAY_REQUEST_ABORTED
   * @param start begins the fetching, and is told how to hear that nobody waits for it any more
   */
  join(key: string, departure: Departure | undefined, start: (abandoned: Departure) => Promise<T>): Promise<T> {
    const flight = this.flights.get(key) ?? this.takeOff(key, start);
    flight.riders += 1;
    return new Promise((resolve, reject) => {
      let isRiding = true;
      let stopListening: (() => void) | undefined;
      const getOff = (): boolean => {
        if (!isRiding) return false;
        isRiding = false;
        stopListening?.();
        flight.riders -= 1;
        if (flight.riders === 0) this.abandon(key, flight);
        return true;
      };
      flight.landing.then(
        (value) => getOff() && resolve(value),
        (error: unknown) => getOff() && reject(error),
      );
      try {
        stopListening = departure?.(() => getOff() && reject(new VodaPayError('VODAPAY_REQUEST_ABORTED')));
      } catch (error) {
        getOff();
        throw error;
      }
      // She may have left before anybody listened.
      if (!isRiding) stopListening?.();
    });
  }

  private takeOff(key: string, start: (abandoned: Departure) => Promise<T>): Flight<T> {
    const cancellation = new Cancellation();
    const landing = start((gone) => {
      cancellation.subscribe(gone);
      return () => cancellation.unsubscribe(gone);
    });
    const flight: Flight<T> = { landing, cancellation, riders: 0 };
    const landed = (): void => this.forget(key, flight);
    landing.then(landed, landed);
    this.flights.set(key, flight);
    return flight;
  }

  /** After it has landed there is nothing left to cancel, and cancelling would still make an error with its stack. */
  private abandon(key: string, flight: Flight<T>): void {
    if (this.flights.get(key) !== flight) return;
    this.forget(key, flight);
    flight.cancellation.cancel();
  }

  private forget(key: string, flight: Flight<T>): void {
    if (this.flights.get(key) === flight) this.flights.delete(key);
  }
}
