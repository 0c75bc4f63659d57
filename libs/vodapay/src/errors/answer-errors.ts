import type { ErrorDefinition } from './error-definition.js';

/** VodaPay's answer can't be trusted or read. */
export const ANSWER_ERRORS = {
  VODAPAY_RESPONSE_UNSIGNED: {
    stage: 'answer',
    status: 502,
    retryable: false,
    next: 'none',
    message: 'The answer carries no signature, or lacks a header that belongs to it.',
  },
  VODAPAY_RESPONSE_SIGNATURE_INVALID: {
    stage: 'answer',
    status: 502,
    retryable: false,
    next: 'none',
    message: "The answer's signature does not verify. Check that the configured public key is VodaPay's, not your own.",
  },
  VODAPAY_RESPONSE_KEY_UNKNOWN: {
    stage: 'answer',
    status: 502,
    retryable: false,
    next: 'none',
    message: 'The answer is signed with a key version that is not configured.',
  },
  VODAPAY_RESPONSE_STALE: {
    stage: 'answer',
    status: 502,
    retryable: false,
    next: 'none',
    message: "The answer's Response-Time is outside the tolerance. Check this server's clock.",
  },
  VODAPAY_RESPONSE_CLIENT_MISMATCH: {
    stage: 'answer',
    status: 502,
    retryable: false,
    next: 'none',
    message: 'The answer is meant for another client id.',
  },
  VODAPAY_RESPONSE_MALFORMED: {
    stage: 'answer',
    status: 502,
    retryable: false,
    next: 'none',
    message: 'The answer is not what the protocol allows: a JSON object with a result.',
  },
  VODAPAY_RESPONSE_INCOMPLETE: {
    stage: 'answer',
    status: 502,
    retryable: false,
    next: 'none',
    message: 'The answer ended before it was complete.',
  },
  VODAPAY_RESPONSE_TOO_LARGE: {
    stage: 'answer',
    status: 502,
    retryable: false,
    next: 'none',
    message: 'The answer is larger than allowed.',
  },
  VODAPAY_RESPONSE_REDIRECT: {
    stage: 'answer',
    status: 502,
    retryable: false,
    next: 'none',
    message: 'The wallet answered with a redirect, which is never followed. Check the configured base URL.',
  },
  VODAPAY_RESPONSE_STATUS_UNEXPECTED: {
    stage: 'answer',
    status: 502,
    retryable: false,
    next: 'none',
    message: 'The wallet answered with an HTTP status that the protocol does not know, and with no result.',
  },
  VODAPAY_USER_INFO_MISSING: {
    stage: 'answer',
    status: 502,
    retryable: false,
    next: 'none',
    message: 'VodaPay answered SUCCESS without userInfo.',
  },
  VODAPAY_USER_ID_UNUSABLE: {
    stage: 'answer',
    status: 502,
    retryable: false,
    next: 'none',
    message: 'The userId in the answer is missing or is no usable identifier.',
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
