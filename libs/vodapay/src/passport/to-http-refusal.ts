import type { LinkDelivery } from '../errors/link-delivery.js';
import type { VodaPayError } from '../errors/vodapay-error.js';
import type { VodaPayErrorCode } from '../errors/vodapay-errors.js';
import type { VodaPayNextStep } from '../errors/vodapay-next-step.js';

/** The body of every refusal: Nest's shape, a stable code, and what to do next. */
export interface RefusalBody {
  readonly statusCode: number;
  readonly code: VodaPayErrorCode;
  readonly message: string;
  readonly next: VodaPayNextStep;
  /** Of VODAPAY_LINK_PROOF_REQUIRED only: the link ticket, `vpt_…`. It is as secret as a session token. */
  readonly ticket?: string;
  /** How the proof reaches the user. */
  readonly delivery?: LinkDelivery;
  /** Of VODAPAY_PROFILE_INCOMPLETE only: the names of the fields that the account lacks, in the merchant's words. */
  readonly missing?: readonly string[];
  /** Of VODAPAY_SCOPE_INSUFFICIENT only: all scopes that the route needs. */
  readonly requiredScopes?: readonly string[];
  /** Those of them to ask for: `my.getAuthCode({ scopes })`. */
  readonly missingScopes?: readonly string[];
}

export interface HttpRefusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: RefusalBody;
}

/** Sent with a 503 or 429 that knows no better moment, in seconds. */
const DEFAULT_RETRY_AFTER_SECONDS = 1;

/** Headers that belong to a status (RFC 6750 §3, RFC 9110 §10.2.3). */
const HEADERS: Readonly<Record<number, (error: VodaPayError) => Readonly<Record<string, string>>>> = Object.freeze({
  401: (error) => ({ 'WWW-Authenticate': challengeOf(error) }),
  403: (error) => scopeChallengeOf(error),
  429: (error) => ({ 'Retry-After': retryAfterOf(error) }),
  503: (error) => ({ 'Retry-After': retryAfterOf(error) }),
});

/** Translates the library's error into an HTTP refusal, by table. */
export function toHttpRefusal(error: VodaPayError): HttpRefusal {
  return {
    status: error.status,
    headers: HEADERS[error.status]?.(error) ?? {},
    body: { statusCode: error.status, code: error.code, message: error.message, next: error.next, ...error.refusal },
  };
}

/** RFC 6750 §3.1: no error code where the request carried no credentials at all. */
function challengeOf(error: VodaPayError): string {
  return error.code === 'VODAPAY_CREDENTIALS_MISSING' ? 'Bearer' : 'Bearer error="invalid_token"';
}

/** RFC 6750 §3.1 `insufficient_scope`; other refusals of this status have no challenge. */
function scopeChallengeOf({ code, refusal }: VodaPayError): Readonly<Record<string, string>> {
  if (code !== 'VODAPAY_SCOPE_INSUFFICIENT') return {};
  const scope = (refusal?.requiredScopes ?? []).join(' ');
  return { 'WWW-Authenticate': `Bearer error="insufficient_scope", scope="${scope}"` };
}

function retryAfterOf(error: VodaPayError): string {
  return String(
    error.retryAfterMs === undefined ? DEFAULT_RETRY_AFTER_SECONDS : Math.max(1, Math.ceil(error.retryAfterMs / 1000)),
  );
}
