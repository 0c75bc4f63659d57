import { RESULT_CODES, type ResultCode } from './result-codes.js';

/** `resultMessage` is String(256) in the protocol. */
const MAX_MESSAGE_CHARACTERS = 256;

export interface Result {
  readonly resultCode: string;
  readonly resultStatus: string;
  readonly resultMessage: string;
}

/** The body of an answer, before it is serialised. */
export type Payload = Readonly<Record<string, unknown>> & { readonly result: Result };

/** Why a call is refused: a code of the table and, when there is more to say than the table does, a message. */
export interface Refusal {
  readonly resultCode: ResultCode;
  readonly message: string;
}

export function refusal(resultCode: ResultCode, message: string = RESULT_CODES[resultCode].message): Refusal {
  return { resultCode, message };
}

export function makeResult(resultCode: ResultCode, message: string = RESULT_CODES[resultCode].message): Result {
  return { resultCode, resultStatus: RESULT_CODES[resultCode].status, resultMessage: shorten(message) };
}

function shorten(message: string): string {
  return message.length <= MAX_MESSAGE_CHARACTERS ? message : `${message.slice(0, MAX_MESSAGE_CHARACTERS - 1)}…`;
}
