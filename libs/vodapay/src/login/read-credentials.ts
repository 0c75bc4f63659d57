import { VodaPayError } from '../errors/vodapay-error.js';
import { isSessionToken } from '../session/session-token.js';
import type { CredentialKind, CredentialSources, Credentials } from './credentials.js';

/**
 * Finds the one proof that the request brings, among the kinds that the route accepts.
 * Throws VODAPAY_CREDENTIALS_MISSING, _MALFORMED or _AMBIGUOUS, or VODAPAY_ACCESS_TOKEN_NOT_ACCEPTED.
 */
export function readCredentials(sources: CredentialSources, accepted: readonly CredentialKind[]): Credentials {
  const credentials = findCredentials(sources, accepted);
  if (credentials === undefined) throw new VodaPayError('VODAPAY_CREDENTIALS_MISSING', missing(accepted));
  return credentials;
}

/** As `readCredentials`, but `undefined` for a request that brings nothing at all; what it brings must still be right. */
export function findCredentials(
  sources: CredentialSources,
  accepted: readonly CredentialKind[],
): Credentials | undefined {
  const authCode = accepted.includes('authCode') ? authCodeOf(sources.body) : undefined;
  const [bearer, ...others] = bearersOf(sources.authorization);
  if (others.length > 0 || (authCode !== undefined && bearer !== undefined)) {
    throw new VodaPayError('VODAPAY_CREDENTIALS_AMBIGUOUS');
  }
  if (authCode !== undefined) return { kind: 'authCode', value: foreign(wellFormed(authCode, 'authCode')) };
  if (bearer === undefined) return undefined;
  if (!accepted.some((kind) => kind !== 'authCode')) {
    throw new VodaPayError('VODAPAY_CREDENTIALS_MISSING', missing(accepted));
  }
  return bearerCredentials(wellFormed(bearer, 'bearer token'), accepted);
}

/** An auth code is sent to the wallet; a live session token must not be. */
function foreign(authCode: string): string {
  if (!isSessionToken(authCode)) return authCode;
  throw new VodaPayError('VODAPAY_CREDENTIALS_MALFORMED', {
    message: 'The authCode is a session token of this server. Send the auth code that the mini program got.',
  });
}

function bearerCredentials(value: string, accepted: readonly CredentialKind[]): Credentials {
  const kind = isSessionToken(value) ? 'session' : 'accessToken';
  if (accepted.includes(kind)) return { kind, value };
  throw new VodaPayError(kind === 'session' ? 'VODAPAY_CREDENTIALS_MISSING' : 'VODAPAY_ACCESS_TOKEN_NOT_ACCEPTED');
}

function missing(accepted: readonly CredentialKind[]) {
  return accepted.includes('authCode')
    ? ({
        message: 'This route needs a JSON body {"authCode": "…"} from the mini program.',
        next: 'new-auth-code',
      } as const)
    : {};
}

function authCodeOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, 'authCode')
    ? (body as { readonly authCode?: unknown }).authCode
    : undefined;
}

/** The different bearers of all places. The same one in two places is one. */
function bearersOf(authorization: unknown): readonly unknown[] {
  if (!Array.isArray(authorization)) {
    const bearer = bearerOf(authorization);
    return bearer === undefined ? [] : [bearer];
  }
  const bearers = authorization.map(bearerOf);
  return bearers.filter((bearer, index) => bearer !== undefined && bearers.indexOf(bearer) === index);
}

/**
 * The text behind `Bearer` (RFC 6750 §2.1, scheme in any case); undefined for nothing or another scheme. What isn't even
 * text comes back as it is, to be refused as malformed.
 */
function bearerOf(authorization: unknown): unknown {
  if (typeof authorization !== 'string') return authorization;
  return /^bearer(?![^ \t])/i.test(authorization) ? withoutBlanks(authorization.slice('bearer'.length)) : undefined;
}

/** By hand, because a message may be megabytes long, and a pattern for both ends takes the square of that. */
function withoutBlanks(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

const isBlank = (characterCode: number): boolean => characterCode === 0x20 || characterCode === 0x09;

const MAX_LENGTH = 128;

function wellFormed(value: unknown, what: string): string {
  if (typeof value === 'string' && value.length <= MAX_LENGTH && value.trim() !== '' && !/\p{Cc}/u.test(value)) {
    return value;
  }
  const came = typeof value === 'string' ? `a string of ${value.length} characters` : kindOf(value);
  throw new VodaPayError('VODAPAY_CREDENTIALS_MALFORMED', {
    message: `The ${what} must be a string of 1 to ${MAX_LENGTH} characters without control characters; it was ${came}.`,
  });
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `of type ${typeof value}`;
}
