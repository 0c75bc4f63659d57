import { VodaPayError } from '../errors/vodapay-error.js';
import type { VodaPayErrorCode } from '../errors/vodapay-errors.js';
import type { AnswerPolicy } from './answer-policy.js';
import type { Operation } from './operations.js';
import { parseAnswer, type WalletResult } from './parse-answer.js';
import { proveAnswer, type Proof } from './prove-answer.js';
import type { RawAnswer } from './raw-answer.js';
import { errorCodeOf, isKnownResultCode, TRAFFIC_LIMIT } from './result-codes.js';
import type { SuccessfulAnswer } from './successful-answer.js';

/**
 * Decides what an answer is worth: verifies its signature, then reads its result.
 *
 * @returns the body of a trusted S.
 * @throws VodaPayError for everything else. `verified` is true only if the answer's signature holds, or under the policy
 * `off`.
 */
export function judgeAnswer(operation: Operation, answer: RawAnswer, policy: AnswerPolicy): SuccessfulAnswer {
  const kind = kindOfStatus(answer.status);
  if (kind !== 'ok') throw FAILURES[kind](operation, answer, policy);
  return judgeResult(operation, answer, policy);
}

type KindOfStatus = 'ok' | 'redirect' | 'throttled' | 'server-error' | 'unexpected';

type JudgeFailure = (operation: Operation, answer: RawAnswer, policy: AnswerPolicy) => VodaPayError;

const FAILURES: Readonly<Record<Exclude<KindOfStatus, 'ok'>, JudgeFailure>> = {
  redirect: () => new VodaPayError('VODAPAY_RESPONSE_REDIRECT'),
  throttled: (_, answer) => new VodaPayError('VODAPAY_TRAFFIC_LIMITED', diagnosis(answer)),
  'server-error': (_, answer) => new VodaPayError('VODAPAY_WALLET_UNAVAILABLE', diagnosis(answer)),
  unexpected: judgeRefusal,
};

function kindOfStatus(status: number): KindOfStatus {
  if (status === 429) return 'throttled';
  switch (Math.floor(status / 100)) {
    case 2:
      return 'ok';
    case 3:
      return 'redirect';
    case 5:
      return 'server-error';
    default:
      return 'unexpected';
  }
}

function judgeResult(operation: Operation, answer: RawAnswer, policy: AnswerPolicy): SuccessfulAnswer {
  const proof = proveAnswer(operation, answer, policy);
  requireProofOfAll(proof, policy);
  const parsed = parseAnswer(answer.body);
  if ('problem' in parsed) {
    throw new VodaPayError('VODAPAY_RESPONSE_MALFORMED', {
      message: `The answer to ${operation.name} ${parsed.problem}.`,
    });
  }
  if (parsed.result.status !== 'S') throw refusal(operation, parsed.result, proof);
  if (proof === 'absent') throw new VodaPayError('VODAPAY_RESPONSE_UNSIGNED');
  return parsed.body as SuccessfulAnswer;
}

/** A 4xx and the like: a transport failure, unless it says in a result why the wallet refuses. */
function judgeRefusal(operation: Operation, answer: RawAnswer, policy: AnswerPolicy): VodaPayError {
  const proof = proveAnswer(operation, answer, policy);
  const parsed = parseAnswer(answer.body);
  if ('problem' in parsed || parsed.result.status === 'S') {
    return new VodaPayError('VODAPAY_RESPONSE_STATUS_UNEXPECTED', {
      message: `The wallet answered ${operation.name} with HTTP ${answer.status} and no result that explains it.`,
    });
  }
  requireProofOfAll(proof, policy);
  return refusal(operation, parsed.result, proof);
}

function requireProofOfAll(proof: Proof, { responseSignature }: AnswerPolicy): void {
  if (proof === 'absent' && responseSignature === 'required') throw new VodaPayError('VODAPAY_RESPONSE_UNSIGNED');
}

function refusal(operation: Operation, result: WalletResult, proof: Proof): VodaPayError {
  const verified = proof !== 'absent';
  return new VodaPayError(refusalCode(operation, result), { verified, ...quotable(result, verified) });
}

function refusalCode(operation: Operation, { status, code }: WalletResult): VodaPayErrorCode {
  if (code === TRAFFIC_LIMIT) return 'VODAPAY_TRAFFIC_LIMITED';
  return status === 'U' ? 'VODAPAY_UNKNOWN_EXCEPTION' : errorCodeOf(operation.name, code);
}

/** What a failed transport's body says, for the operator only: nothing is decided by it. */
function diagnosis({ body }: RawAnswer): { readonly resultCode?: string } {
  const parsed = parseAnswer(body);
  return 'problem' in parsed ? {} : quotable(parsed.result, false);
}

/** Words in capitals without a number of four digits or more: neither a phone number nor a token. */
const QUOTABLE = /^(?!.*\d{4})[A-Z][A-Z0-9_]{0,63}$/;

/** An unverified answer is quoted only with a code of our tables, since none of its fields may reach a log. */
function quotable({ code }: WalletResult, verified: boolean): { readonly resultCode?: string } {
  if (code === undefined) return {};
  return isKnownResultCode(code) || (verified && QUOTABLE.test(code)) ? { resultCode: code } : {};
}
