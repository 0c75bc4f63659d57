import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VODAPAY_ERRORS } from '../../libs/vodapay/src/errors/vodapay-errors.js';
import { expectRefusal, F, judge, refused, U, S, type Expected } from './judging.js';
import { refusalOf } from './refusal-of.js';
import { CLIENT_ID, resultOf, signedAnswer, type AnswerParts } from './signer.js';

describe('a signed answer', () => {
  it('of status S is believed', () => {
    expect(judge(signedAnswer({ body: S }))).toEqual(S);
  });

  it.each<[string, AnswerParts]>([
    ['with a code that nobody has seen', { body: resultOf('S', 'BRAND_NEW_CODE') }],
    ['with the code of a traffic limit', { body: resultOf('S', 'REQUEST_TRAFFIC_EXCEED_LIMIT') }],
    ['without a code', { body: { result: { resultStatus: 'S' } } }],
    ['under HTTP 201', { body: S, status: 201 }],
  ])('of status S is believed %s: the status decides', (_, parts) => {
    expect(judge(signedAnswer(parts))).toHaveProperty('result.resultStatus', 'S');
  });

  it.each<[string, object, Expected]>([
    ['F INVALID_ACCESS_TOKEN', F, refused('VODAPAY_ACCESS_TOKEN_INVALID', 401, { resultCode: 'INVALID_ACCESS_TOKEN' })],
    [
      'F EXPIRED_ACCESS_TOKEN',
      resultOf('F', 'EXPIRED_ACCESS_TOKEN'),
      refused('VODAPAY_ACCESS_TOKEN_EXPIRED', 401, { resultCode: 'EXPIRED_ACCESS_TOKEN' }),
    ],
    [
      'F ACCESS_DENIED',
      resultOf('F', 'ACCESS_DENIED'),
      refused('VODAPAY_ACCESS_DENIED', 403, { resultCode: 'ACCESS_DENIED' }),
    ],
    [
      'F PARAM_ILLEGAL',
      resultOf('F', 'PARAM_ILLEGAL'),
      refused('VODAPAY_PARAM_ILLEGAL', 400, { resultCode: 'PARAM_ILLEGAL' }),
    ],
    [
      'F INVALID_API',
      resultOf('F', 'INVALID_API'),
      refused('VODAPAY_MERCHANT_REFUSED', 502, { resultCode: 'INVALID_API' }),
    ],
    [
      'F PROCESS_FAIL',
      resultOf('F', 'PROCESS_FAIL'),
      refused('VODAPAY_PROCESS_FAILED', 502, { resultCode: 'PROCESS_FAIL' }),
    ],
    [
      'F with the traffic limit',
      resultOf('F', 'REQUEST_TRAFFIC_EXCEED_LIMIT'),
      refused('VODAPAY_TRAFFIC_LIMITED', 503, { resultCode: 'REQUEST_TRAFFIC_EXCEED_LIMIT' }),
    ],
    [
      'U with the traffic limit',
      resultOf('U', 'REQUEST_TRAFFIC_EXCEED_LIMIT'),
      refused('VODAPAY_TRAFFIC_LIMITED', 503, { resultCode: 'REQUEST_TRAFFIC_EXCEED_LIMIT' }),
    ],
    ['U UNKNOWN_EXCEPTION', U, refused('VODAPAY_UNKNOWN_EXCEPTION', 503, { resultCode: 'UNKNOWN_EXCEPTION' })],
    [
      'F UNKNOWN_EXCEPTION',
      resultOf('F', 'UNKNOWN_EXCEPTION'),
      refused('VODAPAY_RESULT_UNKNOWN', 502, { resultCode: 'UNKNOWN_EXCEPTION' }),
    ],
    [
      'U with the code of an F',
      resultOf('U', 'INVALID_ACCESS_TOKEN'),
      refused('VODAPAY_UNKNOWN_EXCEPTION', 503, { resultCode: 'INVALID_ACCESS_TOKEN' }),
    ],
    ['F SUCCESS', resultOf('F', 'SUCCESS'), refused('VODAPAY_RESULT_UNKNOWN', 502, { resultCode: 'SUCCESS' })],
    [
      'F with a new code',
      resultOf('F', 'BRAND_NEW_CODE'),
      refused('VODAPAY_RESULT_UNKNOWN', 502, { resultCode: 'BRAND_NEW_CODE' }),
    ],
    [
      'F with a code of another operation',
      resultOf('F', 'USED_CODE'),
      refused('VODAPAY_RESULT_UNKNOWN', 502, { resultCode: 'USED_CODE' }),
    ],
    ['F with a number as its code', resultOf('F', 17), refused('VODAPAY_RESULT_UNKNOWN', 502)],
    ['F without a code', resultOf('F'), refused('VODAPAY_RESULT_UNKNOWN', 502)],
    ['F with a phone number as its code', resultOf('F', '27821234567'), refused('VODAPAY_RESULT_UNKNOWN', 502)],
    ['F with a phone number in its code', resultOf('F', 'USER_27821234567'), refused('VODAPAY_RESULT_UNKNOWN', 502)],
    ['F with words as its code', resultOf('F', 'jane@example.com'), refused('VODAPAY_RESULT_UNKNOWN', 502)],
    ['F with a code of 65 characters', resultOf('F', 'A'.repeat(65)), refused('VODAPAY_RESULT_UNKNOWN', 502)],
    ['F "constructor"', resultOf('F', 'constructor'), refused('VODAPAY_RESULT_UNKNOWN', 502)],
    ['F "__proto__"', resultOf('F', '__proto__'), refused('VODAPAY_RESULT_UNKNOWN', 502)],
  ])('%s has its code, and it is verified', (_, body, expected) => {
    expectRefusal(signedAnswer({ body }), { ...expected, verified: true });
  });

  it.each<[string, unknown]>([
    ['HTML', '<html>jane@example.com</html>'],
    ['empty', ''],
    ['cut JSON', '{"result":{"resultStatus":"S"'],
    ['an array', '[{"result":{"resultStatus":"S"}}]'],
    ['null', 'null'],
    ['a text', '"S"'],
    ['an object without result', '{"userInfo":{"userId":"216610000000000000001"}}'],
    ['a result that is null', '{"result":null}'],
    ['a result that is an array', '{"result":[]}'],
    ['a result that is a text', '{"result":"SUCCESS"}'],
    ['status A', resultOf('A', 'ACCEPTED')],
    ['status s', resultOf('s', 'SUCCESS')],
    ['no status', { result: { resultCode: 'SUCCESS' } }],
    ['a status that is an array', resultOf(['S'], 'SUCCESS')],
    ['result only in __proto__', '{"__proto__":{"result":{"resultStatus":"S"}}}'],
    ['a status only in __proto__', '{"result":{"__proto__":{"resultStatus":"S"}}}'],
    ['a byte order mark before it', `\u{FEFF}${JSON.stringify(S)}`],
    ['another encoding than UTF-8', Buffer.from(JSON.stringify({ ...S, x: 'Zoë' }), 'latin1')],
    ['UTF-16', Buffer.from(JSON.stringify(S), 'utf16le')],
    ['very deep nesting', '['.repeat(500_000)],
  ])('whose body is %s is malformed', (_, body) => {
    expectRefusal(signedAnswer({ body }), refused('VODAPAY_RESPONSE_MALFORMED', 502));
  });
});

describe('any answer at all', () => {
  const headers = fc.option(fc.oneof(fc.string({ unit: 'binary' }), fc.constant(CLIENT_ID)), { nil: undefined });

  it('is judged with a VodaPayError, never with another, and never believed unsigned', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 599 }),
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc.json().map((text) => Buffer.from(text)),
        ),
        headers,
        headers,
        headers,
        (status, body, signature, clientId, responseTime) => {
          const answer = {
            status,
            body: Buffer.from(body),
            ...(signature === undefined ? {} : { signature }),
            ...(clientId === undefined ? {} : { clientId }),
            ...(responseTime === undefined ? {} : { responseTime }),
          };
          const error = refusalOf(() => judge(answer));
          return !error.verified && error.code in VODAPAY_ERRORS;
        },
      ),
      { numRuns: 500 },
    );
  });

  it('that is signed, of any result, is believed only with status S', () => {
    const result = fc.record(
      {
        resultStatus: fc.constantFrom('S', 'F', 'U', 'A', null, 1),
        resultCode: fc.anything(),
        resultMsg: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(result, (value) => {
        const answer = signedAnswer({ body: JSON.stringify({ result: value }, noBigInts) });
        if (value.resultStatus === 'S') return judge(answer) !== undefined;
        return refusalOf(() => judge(answer)).code in VODAPAY_ERRORS;
      }),
      { numRuns: 60 },
    );
  });
});

function noBigInts(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
