import { VodaPayError } from '../../libs/vodapay/src/errors/vodapay-error.js';

/** The VodaPayError that the act ends with; anything else fails the test. */
export function refusalOf(act: () => unknown): VodaPayError {
  try {
    act();
  } catch (error) {
    if (error instanceof VodaPayError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
