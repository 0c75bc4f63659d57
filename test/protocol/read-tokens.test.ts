import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeAnswer } from '../../libs/vodapay/src/protocol/judge-answer.js';
import { OPERATIONS } from '../../libs/vodapay/src/protocol/operations.js';
import { readTokens } from '../../libs/vodapay/src/protocol/read-tokens.js';
import { refusalOf } from './refusal-of.js';
import { POLICY, signedAnswer } from './signer.js';

const operation = OPERATIONS.applyToken;
const result = { resultCode: 'SUCCESS', resultStatus: 'S' };

const tokensOf = (fields: object) =>
  readTokens(judgeAnswer(operation, signedAnswer({ operation, body: { result, ...fields } }), POLICY));

const FULL = {
  accessToken: '0000000002TESTTOKEN000000000000000000001',
  accessTokenExpiryTime: '2031-10-09T16:27:39+02:00',
  refreshToken: '0000000003TESTTOKEN000000000000000000001',
  refreshTokenExpiryTime: '2031-10-09T16:27:39+02:00',
  customerId: '216610000000000000001',
};

describe('the tokens of an answer', () => {
  it('are read whole, the times as epoch milliseconds', () => {
    const tokens = tokensOf(FULL);
    expect(tokens).toEqual({
      accessToken: FULL.accessToken,
      accessTokenExpiresAt: Date.parse('2031-10-09T14:27:39Z'),
      refreshToken: FULL.refreshToken,
      refreshTokenExpiresAt: Date.parse('2031-10-09T14:27:39Z'),
      customerId: FULL.customerId,
    });
    expect(Object.isFrozen(tokens)).toBe(true);
  });

  it.each([
    ['absent', {}],
    ['null', { accessTokenExpiryTime: null, refreshToken: null, refreshTokenExpiryTime: null, customerId: null }],
    [
      'of other types',
      { accessTokenExpiryTime: 1_949_408_859, refreshToken: {}, refreshTokenExpiryTime: [], customerId: 2166 },
    ],
    [
      'unreadable',
      {
        accessTokenExpiryTime: '2031-10-09T16:27:39',
        refreshToken: '',
        refreshTokenExpiryTime: 'never',
        customerId: ' ',
      },
    ],
    ['over-long', { accessTokenExpiryTime: 'x'.repeat(99), refreshToken: 'x'.repeat(129), customerId: 'x'.repeat(65) }],
  ])('need only the access token; the rest may be %s', (_, fields) => {
    expect(tokensOf({ accessToken: FULL.accessToken, ...fields })).toEqual({
      accessToken: FULL.accessToken,
      accessTokenExpiresAt: undefined,
      refreshToken: undefined,
      refreshTokenExpiresAt: undefined,
      customerId: undefined,
    });
  });

  it('may have 128 characters', () => {
    expect(tokensOf({ accessToken: 'x'.repeat(128) }).accessToken).toHaveLength(128);
  });

  it.each([
    ['missing', {}],
    ['null', { accessToken: null }],
    ['a number', { accessToken: 2 }],
    ['empty', { accessToken: '' }],
    ['blank', { accessToken: '  ' }],
    ['129 characters long', { accessToken: 'x'.repeat(129) }],
    ['with a control character', { accessToken: 'abc\ndef' }],
    ['only inherited', { ['__proto__']: { accessToken: 'abc' } }],
  ])('are malformed when the access token is %s', (_, fields) => {
    const error = refusalOf(() => tokensOf(fields));
    expect(error).toMatchObject({ code: 'VODAPAY_RESPONSE_MALFORMED', status: 502, verified: false });
    expect(error.message).not.toMatch(/xxx|abc/);
  });

  it('never end in another error, whatever the fields', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(FULL)), fc.jsonValue()), (fields) => {
        const known = typeof fields['accessToken'] === 'string' ? {} : { accessToken: 'abc' };
        try {
          tokensOf({ ...fields, ...known });
        } catch (error) {
          expect(error).toHaveProperty('code', 'VODAPAY_RESPONSE_MALFORMED');
        }
      }),
      { numRuns: 60 },
    );
  });
});
