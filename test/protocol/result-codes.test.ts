import { describe, expect, it } from 'vitest';
import type { VodaPayErrorCode } from '../../libs/vodapay/src/errors/vodapay-errors.js';
import { VODAPAY_ERRORS } from '../../libs/vodapay/src/errors/vodapay-errors.js';
import type { OperationName } from '../../libs/vodapay/src/protocol/operations.js';
import { errorCodeOf, isKnownResultCode } from '../../libs/vodapay/src/protocol/result-codes.js';

const SHARED: readonly [string, VodaPayErrorCode, number][] = [
  ['PROCESS_FAIL', 'VODAPAY_PROCESS_FAILED', 502],
  ['PARAM_ILLEGAL', 'VODAPAY_PARAM_ILLEGAL', 400],
  ['ACCESS_DENIED', 'VODAPAY_ACCESS_DENIED', 403],
  ['INVALID_API', 'VODAPAY_MERCHANT_REFUSED', 502],
  ['INVALID_AUTH_CLIENT', 'VODAPAY_MERCHANT_REFUSED', 502],
  ['EXPIRED_AGENT_TOKEN', 'VODAPAY_MERCHANT_REFUSED', 502],
  ['INVALID_AGENT_TOKEN', 'VODAPAY_MERCHANT_REFUSED', 502],
  ['INVALID_SIGNATURE', 'VODAPAY_MERCHANT_REFUSED', 502],
  ['INVALID_CLIENT', 'VODAPAY_MERCHANT_REFUSED', 502],
  ['KEY_NOT_FOUND', 'VODAPAY_MERCHANT_REFUSED', 502],
  ['METHOD_NOT_SUPPORTED', 'VODAPAY_MERCHANT_REFUSED', 502],
  ['MEDIA_TYPE_NOT_ACCEPTABLE', 'VODAPAY_MERCHANT_REFUSED', 502],
];

const OWN: Readonly<Record<OperationName, readonly [string, VodaPayErrorCode, number][]>> = {
  applyToken: [
    ['INVALID_CODE', 'VODAPAY_AUTH_CODE_INVALID', 401],
    ['USED_CODE', 'VODAPAY_AUTH_CODE_USED', 401],
    ['EXPIRED_CODE', 'VODAPAY_AUTH_CODE_EXPIRED', 401],
    ['INVALID_REFRESH_TOKEN', 'VODAPAY_REFRESH_TOKEN_INVALID', 401],
    ['EXPIRED_REFRESH_TOKEN', 'VODAPAY_REFRESH_TOKEN_INVALID', 401],
    ['USED_REFRESH_TOKEN', 'VODAPAY_REFRESH_TOKEN_INVALID', 401],
    ['REFERENCE_CLIENT_ID_NOT_MATCH', 'VODAPAY_MERCHANT_REFUSED', 502],
    ['AUTH_CLIENT_UNSUPPORTED_GRANT_TYPE', 'VODAPAY_MERCHANT_REFUSED', 502],
    ['INVALID_AUTH_CLIENT_STATUS', 'VODAPAY_MERCHANT_REFUSED', 502],
  ],
  inquiryUserInfo: [
    ['INVALID_ACCESS_TOKEN', 'VODAPAY_ACCESS_TOKEN_INVALID', 401],
    ['EXPIRED_ACCESS_TOKEN', 'VODAPAY_ACCESS_TOKEN_EXPIRED', 401],
  ],
};

describe.each(['applyToken', 'inquiryUserInfo'] as const)('a failed %s', (operation) => {
  it.each([...SHARED, ...OWN[operation]])('with %s is %s, HTTP %i', (resultCode, code, status) => {
    expect(errorCodeOf(operation, resultCode)).toBe(code);
    expect(VODAPAY_ERRORS[code].status).toBe(status);
    expect(isKnownResultCode(resultCode)).toBe(true);
  });

  it.each([undefined, 'BRAND_NEW', 'constructor', 'toString', '__proto__', 'used_code'])(
    'with %s is unknown',
    (code) => {
      expect(errorCodeOf(operation, code)).toBe('VODAPAY_RESULT_UNKNOWN');
    },
  );
});

describe('a code of one operation', () => {
  it('means nothing for the other', () => {
    expect(errorCodeOf('inquiryUserInfo', 'USED_CODE')).toBe('VODAPAY_RESULT_UNKNOWN');
    expect(errorCodeOf('applyToken', 'INVALID_ACCESS_TOKEN')).toBe('VODAPAY_RESULT_UNKNOWN');
  });
});
