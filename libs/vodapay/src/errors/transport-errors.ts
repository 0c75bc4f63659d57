import type { ErrorDefinition } from './error-definition.js';

/** The wallet was not reached, or not in time. */
export const TRANSPORT_ERRORS = {
  VODAPAY_UNREACHABLE: {
    stage: 'transport',
    status: 503,
    retryable: true,
    next: 'retry',
    message: 'The wallet cannot be reached.',
  },
  VODAPAY_WALLET_UNAVAILABLE: {
    stage: 'transport',
    status: 503,
    retryable: true,
    next: 'retry',
    message: 'The wallet answers with a server error.',
  },
  VODAPAY_CIRCUIT_OPEN: {
    stage: 'transport',
    status: 503,
    retryable: true,
    next: 'retry',
    message: 'Calls to the wallet are paused after repeated failures.',
  },
  VODAPAY_CALL_QUEUE_FULL: {
    stage: 'transport',
    status: 503,
    retryable: true,
    next: 'retry',
    message: 'Too many calls to the wallet are waiting for a connection. Try again shortly.',
  },
  VODAPAY_DEADLINE_EXCEEDED: {
    stage: 'transport',
    status: 504,
    retryable: true,
    next: 'retry',
    message: 'The wallet did not answer within the deadline.',
  },
  VODAPAY_REQUEST_ABORTED: {
    stage: 'transport',
    status: 503,
    retryable: true,
    next: 'retry',
    message: 'The call was cancelled by its caller.',
  },
  VODAPAY_KEY_SERVICE_UNAVAILABLE: {
    stage: 'transport',
    status: 503,
    retryable: true,
    next: 'retry',
    message: "The application's key service (signer or session.secretBox) does not answer.",
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
