/** Where in a login the failure arose. */
export type VodaPayErrorStage = 'credentials' | 'wallet' | 'answer' | 'transport' | 'linking' | 'session' | 'store';

/** What the client does next; sent with every refusal. */
export type VodaPayNextStep = 'retry' | 'new-auth-code' | 'sign-in' | 'none';

interface ErrorDefinition {
  readonly stage: VodaPayErrorStage;
  /** HTTP status of the refusal. */
  readonly status: 400 | 401 | 403 | 409 | 429 | 500 | 502 | 503 | 504;
  /** Whether the same request may succeed later without anybody changing anything. */
  readonly retryable: boolean;
  readonly next: VodaPayNextStep;
  /** The message when the place that throws has nothing more exact to say. */
  readonly message: string;
}

const define = <C extends string>(table: Record<C, ErrorDefinition>): Readonly<Record<C, ErrorDefinition>> =>
  Object.freeze(table);

/** The one table of errors: code → stage, HTTP status, retryable, what to do. `docs/errors.md` is made from it. */
export const VODAPAY_ERRORS = define({
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
  VODAPAY_AUTH_CODE_INVALID: {
    stage: 'wallet',
    status: 401,
    retryable: false,
    next: 'new-auth-code',
    message: 'VodaPay does not know this auth code. Get a new one from the mini program.',
  },
  VODAPAY_AUTH_CODE_USED: {
    stage: 'wallet',
    status: 401,
    retryable: false,
    next: 'new-auth-code',
    message: 'This auth code was used before. Get a new one from the mini program.',
  },
  VODAPAY_AUTH_CODE_EXPIRED: {
    stage: 'wallet',
    status: 401,
    retryable: false,
    next: 'new-auth-code',
    message: 'This auth code has expired. Get a new one from the mini program.',
  },
  VODAPAY_REFRESH_TOKEN_INVALID: {
    stage: 'wallet',
    status: 401,
    retryable: false,
    next: 'new-auth-code',
    message: 'VodaPay refuses the refresh token (invalid, used or expired). Get a new auth code and sign in again.',
  },
  VODAPAY_ACCESS_TOKEN_INVALID: {
    stage: 'wallet',
    status: 401,
    retryable: false,
    next: 'new-auth-code',
    message: 'VodaPay refuses the access token. Get a new auth code and sign in again.',
  },
  VODAPAY_ACCESS_TOKEN_EXPIRED: {
    stage: 'wallet',
    status: 401,
    retryable: false,
    next: 'new-auth-code',
    message: 'The access token has expired. Get a new auth code and sign in again.',
  },
  VODAPAY_ACCESS_DENIED: {
    stage: 'wallet',
    status: 403,
    retryable: false,
    next: 'none',
    message: 'VodaPay denies access to this user.',
  },
  VODAPAY_WALLET_USER_INACTIVE: {
    stage: 'wallet',
    status: 403,
    retryable: false,
    next: 'none',
    message: 'The VodaPay user is frozen or inactive.',
  },
  VODAPAY_PARAM_ILLEGAL: {
    stage: 'wallet',
    status: 400,
    retryable: false,
    next: 'new-auth-code',
    message: 'VodaPay refuses a parameter of the call (PARAM_ILLEGAL).',
  },
  VODAPAY_MERCHANT_REFUSED: {
    stage: 'wallet',
    status: 502,
    retryable: false,
    next: 'none',
    message: "VodaPay refuses this merchant's set-up: check client id, registered key and API activation.",
  },
  VODAPAY_PROCESS_FAILED: {
    stage: 'wallet',
    status: 502,
    retryable: false,
    next: 'none',
    message: 'VodaPay reports a general business failure (PROCESS_FAIL). Repeating the call does not help.',
  },
  VODAPAY_RESULT_UNKNOWN: {
    stage: 'wallet',
    status: 502,
    retryable: false,
    next: 'none',
    message: 'VodaPay refuses with a result code that this library does not know.',
  },
  VODAPAY_UNKNOWN_EXCEPTION: {
    stage: 'wallet',
    status: 503,
    retryable: true,
    next: 'retry',
    message: 'VodaPay could not say whether the call succeeded (status U). Try again shortly.',
  },
  VODAPAY_TRAFFIC_LIMITED: {
    stage: 'wallet',
    status: 503,
    retryable: true,
    next: 'retry',
    message: "VodaPay's traffic limit is exceeded. Try again later.",
  },
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
});

/** A stable code, `VODAPAY_…`. */
export type VodaPayErrorCode = keyof typeof VODAPAY_ERRORS;

/** How the proof that a pending link needs reaches the user. */
export type LinkDelivery = 'email' | 'phone' | 'link-code' | 'approval';

/** What only the refused client may learn: its ticket is as secret as a session token. */
export interface VodaPayErrorRefusal {
  /** `vpt_…`: the link ticket. */
  readonly ticket?: string;
  readonly delivery?: LinkDelivery;
  /** Of VODAPAY_PROFILE_INCOMPLETE: the names of the fields that the account lacks. */
  readonly missing?: readonly string[];
  /** Of VODAPAY_SCOPE_INSUFFICIENT: all scopes that the route needs. */
  readonly requiredScopes?: readonly string[];
  /** Of VODAPAY_SCOPE_INSUFFICIENT: those of them whose data VodaPay did not release. */
  readonly missingScopes?: readonly string[];
}

/** What a place that throws may add to the table's entry. Nothing here may hold a secret or a personal datum. */
export interface VodaPayErrorDetails {
  /** Expected, came, what to check next. Default: the table's message. */
  readonly message?: string;
  readonly cause?: unknown;
  /** Whether a signed and verified answer says so. An unverified one changes no stored state. Default false. */
  readonly verified?: boolean;
  /** VodaPay's own result code, for the operator. At most 64 characters of `A-Z0-9_`. */
  readonly resultCode?: string;
  /** When another try makes sense, in milliseconds. */
  readonly retryAfterMs?: number;
  /** What the client does next, where the place that throws knows better than the table: a used-up auth code. */
  readonly next?: VodaPayNextStep;
  /** Whether the request surely never reached the wallet, so that even a one-time code may be sent again. Default false. */
  readonly neverSent?: boolean;
  /** Goes into the refusal's body and nowhere else. */
  readonly refusal?: VodaPayErrorRefusal;
}

/** The one error of this library at run time. Configuration mistakes are a `TypeError` at start-up instead. */
export class VodaPayError extends Error {
  override readonly name = 'VodaPayError';
  readonly code: VodaPayErrorCode;
  readonly stage: VodaPayErrorStage;
  /** HTTP status of the refusal. */
  readonly status: number;
  readonly retryable: boolean;
  readonly next: VodaPayNextStep;
  readonly verified: boolean;
  readonly resultCode: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly neverSent: boolean;
  /** Private, so that no log that prints errors shows it (R19). */
  readonly #refusal: VodaPayErrorRefusal | undefined;

  constructor(code: VodaPayErrorCode, details: VodaPayErrorDetails = {}) {
    const definition = VODAPAY_ERRORS[code];
    super(details.message ?? definition.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.stage = definition.stage;
    this.status = definition.status;
    this.retryable = definition.retryable;
    this.next = details.next ?? definition.next;
    this.verified = details.verified ?? false;
    this.resultCode = details.resultCode;
    this.retryAfterMs = details.retryAfterMs;
    this.neverSent = details.neverSent ?? false;
    this.#refusal = details.refusal;
  }

  /** What belongs into the body of the HTTP refusal besides code and message. Hold it back from logs. */
  get refusal(): VodaPayErrorRefusal | undefined {
    return this.#refusal;
  }
}
