import type { VodaPayErrorCode } from '../errors/vodapay-errors.js';
import type { OperationName } from './operations.js';

type ResultCodes = Readonly<Record<string, VodaPayErrorCode>>;

/** Codes that mean the same for every operation; the last five come from the gateway and stand in no page of VodaPay's. */
const COMMON: ResultCodes = {
  PROCESS_FAIL: 'VODAPAY_PROCESS_FAILED',
  PARAM_ILLEGAL: 'VODAPAY_PARAM_ILLEGAL',
  ACCESS_DENIED: 'VODAPAY_ACCESS_DENIED',
  INVALID_API: 'VODAPAY_MERCHANT_REFUSED',
  INVALID_AUTH_CLIENT: 'VODAPAY_MERCHANT_REFUSED',
  EXPIRED_AGENT_TOKEN: 'VODAPAY_MERCHANT_REFUSED',
  INVALID_AGENT_TOKEN: 'VODAPAY_MERCHANT_REFUSED',
  INVALID_SIGNATURE: 'VODAPAY_MERCHANT_REFUSED',
  INVALID_CLIENT: 'VODAPAY_MERCHANT_REFUSED',
  KEY_NOT_FOUND: 'VODAPAY_MERCHANT_REFUSED',
  METHOD_NOT_SUPPORTED: 'VODAPAY_MERCHANT_REFUSED',
  MEDIA_TYPE_NOT_ACCEPTABLE: 'VODAPAY_MERCHANT_REFUSED',
};

/** What a result of status F means, by operation. To add a code, add a line here. */
export const RESULT_CODES: Readonly<Record<OperationName, ResultCodes>> = Object.freeze({
  applyToken: Object.freeze({
    ...COMMON,
    INVALID_CODE: 'VODAPAY_AUTH_CODE_INVALID',
    USED_CODE: 'VODAPAY_AUTH_CODE_USED',
    EXPIRED_CODE: 'VODAPAY_AUTH_CODE_EXPIRED',
    INVALID_REFRESH_TOKEN: 'VODAPAY_REFRESH_TOKEN_INVALID',
    USED_REFRESH_TOKEN: 'VODAPAY_REFRESH_TOKEN_INVALID',
    EXPIRED_REFRESH_TOKEN: 'VODAPAY_REFRESH_TOKEN_INVALID',
    REFERENCE_CLIENT_ID_NOT_MATCH: 'VODAPAY_MERCHANT_REFUSED',
    AUTH_CLIENT_UNSUPPORTED_GRANT_TYPE: 'VODAPAY_MERCHANT_REFUSED',
    INVALID_AUTH_CLIENT_STATUS: 'VODAPAY_MERCHANT_REFUSED',
  }),
  inquiryUserInfo: Object.freeze({
    ...COMMON,
    INVALID_ACCESS_TOKEN: 'VODAPAY_ACCESS_TOKEN_INVALID',
    EXPIRED_ACCESS_TOKEN: 'VODAPAY_ACCESS_TOKEN_EXPIRED',
  }),
});

/** The pages give it status U, a sibling's page F: the reaction is to back off either way. */
export const TRAFFIC_LIMIT = 'REQUEST_TRAFFIC_EXCEED_LIMIT';

/** Codes judged by their status alone; listed because an unverified answer may be quoted only with codes we know. */
const BY_STATUS: ReadonlySet<string> = new Set(['SUCCESS', 'UNKNOWN_EXCEPTION', TRAFFIC_LIMIT]);

/** The error of a result of status F; a code that the operation's table lacks is unknown. */
export function errorCodeOf(operation: OperationName, resultCode: string | undefined): VodaPayErrorCode {
  return lookUp(RESULT_CODES[operation], resultCode) ?? 'VODAPAY_RESULT_UNKNOWN';
}

/** Whether the code stands in one of the tables, whatever the operation. */
export function isKnownResultCode(resultCode: string): boolean {
  return (
    BY_STATUS.has(resultCode) || Object.values(RESULT_CODES).some((codes) => lookUp(codes, resultCode) !== undefined)
  );
}

/** Own entries only: a code such as `constructor` is not in the table. */
function lookUp(codes: ResultCodes, resultCode: string | undefined): VodaPayErrorCode | undefined {
  return resultCode !== undefined && Object.hasOwn(codes, resultCode) ? codes[resultCode] : undefined;
}
