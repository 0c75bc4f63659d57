import type { VodaPayError } from '../../errors/vodapay-error.js';

/** Nest's exceptions keep what they send as `error`. It may hold a link ticket: who prints them must not print it (R19). */
export function silentException<E extends Error>(exception: E, cause: VodaPayError): E {
  return Object.defineProperties(exception, { error: { enumerable: false }, cause: { value: cause } });
}
