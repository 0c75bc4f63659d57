import { VodaPayError } from '../errors/vodapay-error.js';
import { OTHER } from './attributes.js';

/** A failure in one word: the code of a `VodaPayError`, `_OTHER` for anything else, whose text may hold values (R19). */
export function errorType(error: unknown): string {
  return error instanceof VodaPayError ? error.code : OTHER;
}
