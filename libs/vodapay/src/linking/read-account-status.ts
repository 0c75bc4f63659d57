import { VodaPayError } from '../errors/vodapay-error.js';
import type { AccountStatus } from './account-directory.js';

const STATES: ReadonlySet<unknown> = new Set<AccountStatus['state']>(['active', 'disabled']);

/** What `AccountDirectory.find` answered. Throws VODAPAY_ACCOUNT_DIRECTORY_FAILED when it is none of what it may be. */
export function readAccountStatus(answer: unknown): AccountStatus | undefined {
  if (answer === undefined) return undefined;
  if (typeof answer !== 'object' || answer === null) {
    throw unusable(answer === null ? 'null' : `a ${typeof answer}`);
  }
  const { state, missing } = answer as { readonly state?: unknown; readonly missing?: unknown };
  if (!STATES.has(state)) throw unusable('a state that is neither "active" nor "disabled"');
  if (!Array.isArray(missing) || missing.some((field) => typeof field !== 'string')) {
    throw unusable('no array of texts as "missing" (an account that lacks nothing has an empty one)');
  }
  return answer as AccountStatus;
}

function unusable(what: string): VodaPayError {
  return new VodaPayError('VODAPAY_ACCOUNT_DIRECTORY_FAILED', {
    message:
      `AccountDirectory.find returned ${what}. ` +
      'Give { state: "active" or "disabled", missing: [] }, or undefined for an account that is gone.',
  });
}
