import type { ErrorDefinition } from './error-definition.js';

/** What the request brought. */
export const CREDENTIALS_ERRORS = {
  VODAPAY_CREDENTIALS_MISSING: {
    stage: 'credentials',
    status: 401,
    retryable: false,
    next: 'sign-in',
    message:
      'The request carries no credentials this route accepts. Send the session token as "Authorization: Bearer".',
  },
  VODAPAY_CREDENTIALS_MALFORMED: {
    stage: 'credentials',
    status: 400,
    retryable: false,
    next: 'none',
    message: 'Credentials are a string of 1 to 128 printable characters.',
  },
  VODAPAY_CREDENTIALS_AMBIGUOUS: {
    stage: 'credentials',
    status: 400,
    retryable: false,
    next: 'none',
    message: 'The request carries two kinds of credentials. Send either the auth code or the bearer token.',
  },
  VODAPAY_ACCESS_TOKEN_NOT_ACCEPTED: {
    stage: 'credentials',
    status: 401,
    retryable: false,
    next: 'sign-in',
    message: 'The bearer is not a session token of this server, and this server takes no others.',
  },
  VODAPAY_CONTEXT_UNSUPPORTED: {
    stage: 'credentials',
    status: 403,
    retryable: false,
    next: 'none',
    message: 'The guard does not know this kind of execution context, and denies what it does not know.',
  },
  VODAPAY_SCOPE_INSUFFICIENT: {
    stage: 'credentials',
    status: 403,
    retryable: false,
    next: 'new-auth-code',
    message:
      'This needs data that VodaPay did not release. Get a new auth code with the missing scopes and sign in again.',
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
