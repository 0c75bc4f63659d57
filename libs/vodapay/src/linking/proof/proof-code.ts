import { VodaPayError } from '../../errors/vodapay-error.js';

/** Without 0 and O, 1, I and L: 31 characters, so that eight of them are 39 bits. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const LENGTH = 8;

/** A code that a person reads in one place and types in another. `randomInt(max)`: 0 to below max, from a CSPRNG. */
export function newProofCode(randomInt: (max: number) => number): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

const MAX_TYPED = 64;

/** A code as a person typed it: in any case, with blanks and hyphens. Throws VODAPAY_CREDENTIALS_MALFORMED (R13). */
export function readProofCode(typed: unknown): string {
  if (typeof typed !== 'string' || typed.length > MAX_TYPED || !/^[\w -]+$/.test(typed)) {
    throw new VodaPayError('VODAPAY_CREDENTIALS_MALFORMED', {
      message: `The code must be a text of at most ${MAX_TYPED} letters, digits, blanks and hyphens.`,
    });
  }
  return typed.replaceAll(/[\s-]/g, '').toUpperCase();
}
