import { inspect } from 'node:util';
import { expect } from 'vitest';
import type { VodaPayErrorCode } from '../../libs/vodapay/src/errors/vodapay-errors.js';
import type { AnswerPolicy } from '../../libs/vodapay/src/protocol/answer-policy.js';
import { judgeAnswer } from '../../libs/vodapay/src/protocol/judge-answer.js';
import { OPERATIONS } from '../../libs/vodapay/src/protocol/operations.js';
import type { RawAnswer } from '../../libs/vodapay/src/protocol/raw-answer.js';
import { refusalOf } from './refusal-of.js';
import { POLICY, resultOf } from './signer.js';

export const S = {
  result: { resultCode: 'SUCCESS', resultStatus: 'S' },
  userInfo: { userId: '216610000000000000001' },
};
export const F = resultOf('F', 'INVALID_ACCESS_TOKEN');
export const U = resultOf('U', 'UNKNOWN_EXCEPTION');

export interface Expected {
  readonly code: VodaPayErrorCode;
  readonly status: number;
  readonly verified: boolean;
  readonly resultCode?: string;
}

export const refused = (code: VodaPayErrorCode, status: number, more: Partial<Expected> = {}): Expected => ({
  code,
  status,
  verified: false,
  ...more,
});

export const judge = (answer: RawAnswer, policy: Partial<AnswerPolicy> = {}) =>
  judgeAnswer(OPERATIONS.inquiryUserInfo, answer, { ...POLICY, ...policy });

/** The whole refusal, and that nothing of the body stands in it. */
export function expectRefusal(answer: RawAnswer, expected: Expected, policy: Partial<AnswerPolicy> = {}): void {
  const error = refusalOf(() => judge(answer, policy));
  const { code, status, verified, resultCode } = error;
  expect({ code, status, verified, resultCode }).toEqual({ resultCode: undefined, ...expected });
  expect(error.cause).toBeUndefined();
  expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/jane|@example|27821234567|signature=/i);
}
