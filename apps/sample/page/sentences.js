const OURS = 'Something went wrong on our side. Please try again in a moment.';

/** What a customer reads when something goes wrong: by what can be done next, with a few codes told apart. */
const BY_CODE = {
  UNREACHABLE: 'The shop does not answer. Check your connection and try again.',
  INTERNAL_SERVER_ERROR: OURS,
  VODAPAY_ACCOUNT_DIRECTORY_FAILED: OURS,
  VODAPAY_STORE_FAILED: OURS,
  VODAPAY_STORE_UNAVAILABLE: OURS,
  VODAPAY_ACCESS_DENIED: 'VodaPay does not let us see who you are.',
  VODAPAY_WALLET_USER_INACTIVE: 'Your VodaPay wallet is not active. VodaPay can tell you more.',
  VODAPAY_ACCOUNT_DISABLED: 'Your account here is closed. Please talk to us.',
  VODAPAY_LINK_PROOF_INVALID: 'That code is not right, or no longer good.',
  VODAPAY_TOO_MANY_ATTEMPTS: 'That was too often. Please come back in an hour.',
  VODAPAY_NOT_LINKED: 'This shop is for customers who have an account at our website.',
  VODAPAY_ACCOUNT_EXISTS: 'You seem to have an account here already. Please talk to us.',
};

const BY_NEXT = {
  retry: 'That did not work just now. Please try again in a moment.',
  'new-auth-code': 'VodaPay asks for a fresh sign-in. Please press the button again.',
  'sign-in': 'You have been signed out. Please sign in again.',
  none: 'Signing in is not possible at the moment. You can still look around.',
};

/** The code is spent, but the customer did nothing wrong: it was VodaPay that failed. */
const VODAPAY_FAILED = 'VodaPay did not answer properly. Please try again in a moment.';

export const SIGNING_IN = 'Signing in…';
/** What a customer does to prove an account: by how the proof comes. */
export const PROOFS = {
  email: 'You may have an account here already. We have sent a code to the e-mail of that account.',
  phone: 'You may have an account here already. We have sent a code to the phone of that account.',
  'link-code': 'Sign in at our website, open "Link your VodaPay wallet", and type the code that it shows.',
  approval: 'Nearly there: approve the link at our website, then press Continue.',
};

export const CANCELLED = 'No problem: look around, and sign in whenever you like.';
export const NO_CODE = 'VodaPay did not answer. Please try again.';

export function sentenceFor({ code, next, statusCode, message }) {
  // A 400 outside VodaPay's codes is about what the customer typed, and says so itself.
  if (statusCode === 400 && code === 'BAD_REQUEST') return message;
  if (BY_CODE[code] !== undefined) return BY_CODE[code];
  if (statusCode >= 500 && next === 'new-auth-code') return VODAPAY_FAILED;
  return BY_NEXT[next] ?? BY_NEXT.none;
}
