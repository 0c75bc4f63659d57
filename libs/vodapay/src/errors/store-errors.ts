import type { ErrorDefinition } from './error-definition.js';

/** The application's database or its AccountDirectory. */
export const STORE_ERRORS = {
  VODAPAY_ACCOUNT_DIRECTORY_FAILED: {
    stage: 'store',
    status: 500,
    retryable: false,
    next: 'retry',
    message: "The application's AccountDirectory failed. Its own error is the cause of this one.",
  },
  VODAPAY_STORE_UNAVAILABLE: {
    stage: 'store',
    status: 503,
    retryable: true,
    next: 'retry',
    message: 'The database does not answer. Try again shortly.',
  },
  VODAPAY_STORE_FAILED: {
    stage: 'store',
    status: 500,
    retryable: false,
    next: 'retry',
    message:
      'The database refuses a statement of this library. Check that its migrations (VODAPAY_MIGRATIONS) have run.',
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
