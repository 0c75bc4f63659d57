import type { ErrorDefinition } from './error-definition.js';

/** Account and VodaPay user. */
export const LINKING_ERRORS = {
  VODAPAY_NOT_LINKED: {
    stage: 'linking',
    status: 403,
    retryable: false,
    next: 'none',
    message: 'This VodaPay user is not linked to an account.',
  },
  VODAPAY_LINK_ORPHANED: {
    stage: 'linking',
    status: 403,
    retryable: false,
    next: 'none',
    message:
      'The account that this VodaPay user is linked to no longer exists. Restore the account, or remove the link.',
  },
  VODAPAY_ACCOUNT_DISABLED: {
    stage: 'linking',
    status: 403,
    retryable: false,
    next: 'none',
    message: 'The account is disabled.',
  },
  VODAPAY_PROFILE_INCOMPLETE: {
    stage: 'linking',
    status: 403,
    retryable: false,
    next: 'none',
    message: 'The account lacks details that this route needs. Complete the profile first.',
  },
  VODAPAY_LINK_PROOF_REQUIRED: {
    stage: 'linking',
    status: 409,
    retryable: false,
    next: 'none',
    message: 'An account may belong to this user. Prove it with the code that was sent, or decline.',
  },
  VODAPAY_LINK_PROOF_INVALID: {
    stage: 'linking',
    status: 403,
    retryable: false,
    next: 'none',
    message: 'This code proves nothing: it is wrong, expired or meant for something else.',
  },
  VODAPAY_LINK_PROOF_NOT_SENT: {
    stage: 'linking',
    status: 503,
    retryable: true,
    next: 'retry',
    message: "The application's LinkProofSender failed, so no code is on its way. Try again shortly.",
  },
  VODAPAY_LINK_TICKET_INVALID: {
    stage: 'linking',
    status: 401,
    retryable: false,
    next: 'new-auth-code',
    message: 'The link ticket is unknown, used, expired or replaced by a newer one. Sign in with VodaPay again.',
  },
  VODAPAY_ACCOUNT_EXISTS: {
    stage: 'linking',
    status: 409,
    retryable: false,
    next: 'none',
    message: 'An account with these details exists already. Sign in to it and link VodaPay there.',
  },
  VODAPAY_LAST_SIGN_IN_METHOD: {
    stage: 'linking',
    status: 409,
    retryable: false,
    next: 'none',
    message: 'This is the last way to sign in to the account. Add another one first.',
  },
  VODAPAY_TOO_MANY_ATTEMPTS: {
    stage: 'linking',
    status: 429,
    retryable: true,
    next: 'retry',
    message: 'Too many tries. Wait before the next one.',
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
