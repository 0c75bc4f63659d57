import { VodaPayError } from '../errors/vodapay-error.js';
import type { AccountDirectory } from './account-directory.js';

type AnyDirectory = AccountDirectory<string | number>;

/** Characters of the column that holds account ids. */
const MAX_LENGTH = 64;

/** The text under which the merchant's account id is stored. Throws VODAPAY_ACCOUNT_DIRECTORY_FAILED when it has none. */
export function accountIdText(id: unknown, directory: AnyDirectory): string {
  if (typeof id !== 'string' && !Number.isSafeInteger(id)) {
    throw unusable(`an id that is neither text nor a safe integer (${typeof id})`);
  }
  const text = String(id);
  if (text.length === 0 || text.length > MAX_LENGTH)
    throw unusable(`an id of ${text.length} characters, not 1-${MAX_LENGTH}`);
  if (/\p{Cc}/u.test(text)) throw unusable('an id with control characters');
  if (nativeAccountId(text, directory) !== id) {
    throw unusable(`a ${typeof id} id that does not survive being stored as text; give the directory a parseId`);
  }
  return text;
}

/** The id in the merchant's own type again. Throws VODAPAY_ACCOUNT_DIRECTORY_FAILED when `parseId` throws. */
export function nativeAccountId(text: string, directory: AnyDirectory): string | number {
  try {
    return directory.parseId?.(text) ?? text;
  } catch (cause) {
    throw new VodaPayError('VODAPAY_ACCOUNT_DIRECTORY_FAILED', {
      message: 'AccountDirectory.parseId threw for the text of an account id.',
      cause,
    });
  }
}

function unusable(what: string): VodaPayError {
  return new VodaPayError('VODAPAY_ACCOUNT_DIRECTORY_FAILED', {
    message: `The AccountDirectory or the caller gave ${what}, as the id of an account.`,
  });
}
