import { describe, expect, it } from 'vitest';
import { parseAnswer } from '../../libs/vodapay/src/protocol/parse-answer.js';

const resultOf = (result: object) => parseAnswer(Buffer.from(JSON.stringify({ result })));

describe('the result of an answer', () => {
  it.each(['resultMessage', 'resultMsg'])('has its words from %s', (name) => {
    expect(resultOf({ resultStatus: 'F', resultCode: 'PARAM_ILLEGAL', [name]: 'authCode is missing' })).toHaveProperty(
      'result',
      { status: 'F', code: 'PARAM_ILLEGAL', message: 'authCode is missing' },
    );
  });

  it('prefers the published spelling', () => {
    expect(resultOf({ resultStatus: 'F', resultMsg: 'old', resultMessage: 'new' })).toHaveProperty(
      'result.message',
      'new',
    );
  });

  it.each([
    ['a number', 5],
    ['null', null],
    ['an object', { text: 'x' }],
    ['more than 256 characters', 'x'.repeat(257)],
    ['control characters', 'a\u0000b'],
  ])('has no words when they are %s', (_, resultMessage) => {
    expect(resultOf({ resultStatus: 'U', resultCode: null, resultMessage })).toHaveProperty('result', { status: 'U' });
  });
});
