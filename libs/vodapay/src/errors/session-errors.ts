import type { ErrorDefinition } from './error-definition.js';

/** The application's own session. */
export const SESSION_ERRORS = {
  VODAPAY_SESSION_INVALID: {
    stage: 'session',
    status: 401,
    retryable: false,
    next: 'sign-in',
    message: 'The session is unknown, expired or ended. Sign in again.',
  },
  VODAPAY_REAUTHENTICATION_REQUIRED: {
    stage: 'session',
    status: 401,
    retryable: false,
    next: 'new-auth-code',
    message: 'This needs a recent sign-in. Get a new auth code and sign in again.',
  },
  VODAPAY_SEALED_TOKEN_UNREADABLE: {
    stage: 'session',
    status: 401,
    retryable: false,
    next: 'sign-in',
    message: 'The stored token of this session does not open with the configured sealing keys. Sign in again.',
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
