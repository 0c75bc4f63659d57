import type { Refusal } from '../api/refusal.js';

const OURS = 'Something went wrong on our side. Please try again in a moment.';

/** What a customer reads when something goes wrong: codes that need words of their own. */
const BY_CODE: Readonly<Record<string, string>> = {
  UNREACHABLE: 'The shop does not answer. Check your connection and try again.',
  INTERNAL_SERVER_ERROR: OURS,
  VODAPAY_ACCOUNT_DIRECTORY_FAILED: OURS,
  VODAPAY_STORE_FAILED: OURS,
  VODAPAY_STORE_UNAVAILABLE: OURS,
  VODAPAY_SESSION_INVALID: 'You have been signed out, here or on another device. Please sign in again.',
  VODAPAY_ACCESS_DENIED: 'VodaPay does not let us see who you are.',
  VODAPAY_WALLET_USER_INACTIVE: 'Your VodaPay wallet is not active. VodaPay can tell you more.',
  VODAPAY_ACCOUNT_DISABLED: 'Your account here is closed. Please talk to us.',
  VODAPAY_LINK_ORPHANED: 'Your account here is gone. Please talk to us.',
  VODAPAY_ACCOUNT_EXISTS: 'You seem to have an account here already. Please talk to us.',
  VODAPAY_NOT_LINKED: 'This shop is for customers who have an account at our website.',
  VODAPAY_LINK_TICKET_INVALID: 'That took too long, or was answered elsewhere. Please sign in with VodaPay again.',
  VODAPAY_LINK_PROOF_NOT_SENT: 'We could not send you the code. Please try again in a moment.',
  VODAPAY_LAST_SIGN_IN_METHOD:
    'VodaPay is the only way into this account, so it stays: without it nobody could sign in. Customers with a password at our website can remove it.',
};

/** The code is spent, but the customer did nothing wrong: it was VodaPay that failed. */
const VODAPAY_FAILED = 'VodaPay did not answer properly. Please try again in a moment.';

/** Its answer cannot be trusted, or it refuses this shop: another try would bring the same. */
const VODAPAY_UNUSABLE = 'VodaPay did not answer properly, so we cannot sign you in. You can still look around.';

const BY_NEXT: Readonly<Record<Refusal['next'], string>> = {
  retry: 'That did not work just now. Please try again in a moment.',
  'new-auth-code': 'VodaPay asks for a fresh sign-in. Please press the button again.',
  'sign-in': 'You have been signed out. Please sign in again.',
  none: 'This is not possible at the moment. You can still look around.',
};

/** A refusal in a customer's words, by its code and by what can be done next. */
export function sentenceFor(refusal: Refusal): string {
  const { statusCode, code, next, message, retryAfterSeconds } = refusal;
  // A 400 outside VodaPay's codes is about what the customer typed, and says so itself.
  if (statusCode === 400 && code === 'BAD_REQUEST') return message;
  if (code === 'VODAPAY_LINK_PROOF_INVALID') return wrongCode(next);
  if (code === 'VODAPAY_TOO_MANY_ATTEMPTS') return `That was too often. Please come back ${after(retryAfterSeconds)}.`;
  const own = BY_CODE[code];
  if (own !== undefined) return own;
  if (statusCode >= 500 && next === 'new-auth-code') return VODAPAY_FAILED;
  return statusCode >= 500 && next === 'none' ? VODAPAY_UNUSABLE : BY_NEXT[next];
}

function wrongCode(next: Refusal['next']): string {
  return next === 'retry'
    ? 'That code is not right, or no longer good. Look again: it has 8 letters and digits.'
    : 'That code is not right, and it was the last try for now. You can come back later, or start with a new account.';
}

/** `Retry-After` in words that nobody needs a watch for. */
function after(seconds: number | undefined): string {
  if (seconds === undefined || seconds > 5_400) return 'in a few hours';
  if (seconds > 2_700) return 'in an hour';
  return seconds > 90 ? `in ${Math.ceil(seconds / 60)} minutes` : 'in a minute';
}
