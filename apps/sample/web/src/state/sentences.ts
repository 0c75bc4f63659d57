import type { Outcome } from '../api/answers.js';

/** What the customer reads when something went well, or plainly happened. */
export const SENTENCES = {
  cancelled: 'No problem: look around, and sign in whenever you like.',
  noCode: 'VodaPay did not answer. Please try again.',
  saved: 'Thank you, that is all we need.',
  signedOut: 'You are signed out.',
  unlinked: 'Done: VodaPay no longer opens your account.',
  notUnlinked: 'Nothing was changed: VodaPay still opens your account.',
  somebodyElse:
    'You signed in as another VodaPay user this time, so nothing was removed. This is the account of that one.',
  notYetApproved: 'Not yet: our website still waits for your yes. Open it there, and say that it is you.',
  offline: 'No connection. You can still look around; the rest works again when you are back.',
} as const;

export const WELCOMES: Readonly<Record<Outcome, string>> = {
  created: 'Welcome! Your account is ready.',
  existing: 'Welcome back!',
  linked: 'Welcome back! VodaPay now opens your account.',
};
