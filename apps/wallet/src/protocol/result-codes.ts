import type { CallKind } from './operations.js';

type ResultStatus = 'S' | 'F' | 'U';

export interface ResultCodeEntry {
  readonly status: ResultStatus;
  readonly message: string;
  /** The calls whose table lists the code. */
  readonly calls: readonly CallKind[];
}

const ALL: readonly CallKind[] = ['token', 'refresh', 'inquiry'];
const APPLY: readonly CallKind[] = ['token', 'refresh'];

function failure(message: string, calls: readonly CallKind[] = ALL): ResultCodeEntry {
  return { status: 'F', message, calls };
}

/** Every result code that this wallet can answer: those of both operations, then those of the gateway before them. */
export const RESULT_CODES = Object.freeze({
  SUCCESS: { status: 'S', message: 'success', calls: ALL },
  UNKNOWN_EXCEPTION: { status: 'U', message: 'The call failed for unknown reasons.', calls: ALL },
  REQUEST_TRAFFIC_EXCEED_LIMIT: { status: 'U', message: 'The request traffic exceeds the limit.', calls: ALL },
  PROCESS_FAIL: failure('A general business failure occurred. Do not retry.'),
  PARAM_ILLEGAL: failure('Illegal parameters exist.'),
  ACCESS_DENIED: failure('Access is denied.'),
  INVALID_API: failure('The called API is invalid or not active.'),
  INVALID_AUTH_CLIENT: failure('The auth client id is invalid.'),
  EXPIRED_AGENT_TOKEN: failure('The agent token is expired.'),
  INVALID_AGENT_TOKEN: failure('The agent token is invalid.'),
  INVALID_CODE: failure('The auth code is unknown to this wallet.', ['token']),
  USED_CODE: failure('The auth code was used before. Each code counts once.', ['token']),
  EXPIRED_CODE: failure('The auth code has expired.', ['token']),
  INVALID_REFRESH_TOKEN: failure('The refresh token is unknown or revoked.', ['refresh']),
  EXPIRED_REFRESH_TOKEN: failure('The refresh token has expired.', ['refresh']),
  USED_REFRESH_TOKEN: failure('The refresh token was used before. Each refresh gives a new one.', ['refresh']),
  REFERENCE_CLIENT_ID_NOT_MATCH: failure('The reference client id does not match.', APPLY),
  AUTH_CLIENT_UNSUPPORTED_GRANT_TYPE: failure('The auth client does not support this grant type.', APPLY),
  INVALID_AUTH_CLIENT_STATUS: failure('The status of the auth client is invalid.', APPLY),
  INVALID_ACCESS_TOKEN: failure('The access token is unknown or revoked.', ['inquiry']),
  EXPIRED_ACCESS_TOKEN: failure('The access token has expired.', ['inquiry']),
  INVALID_SIGNATURE: failure('The signature is invalid.'),
  INVALID_CLIENT: failure('The client is invalid.'),
  KEY_NOT_FOUND: failure('The key is not found.'),
  METHOD_NOT_SUPPORTED: failure('The server does not implement the requested HTTP method.'),
  MEDIA_TYPE_NOT_ACCEPTABLE: failure('The server does not implement the media type of the request.'),
} satisfies Record<string, ResultCodeEntry>);

export type ResultCode = keyof typeof RESULT_CODES;

export function isResultCode(text: string): text is ResultCode {
  return Object.hasOwn(RESULT_CODES, text);
}
