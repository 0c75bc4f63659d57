import type { CallKind, OperationName } from '../protocol/operations.js';

/** What came of checking headers and signature. */
export interface CallCheck {
  readonly passed: boolean;
  readonly message: string;
  /** The lenient wallet let a request through that the real gateway refuses; the message says why it does. */
  readonly forgiven?: true;
}

/** One call that reached the wallet, as the page and `GET /calls` show it. */
export interface WalletCall {
  readonly id: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly operation: OperationName | 'unknown';
  /** What the call asked for; absent when it was refused before its body was read. */
  readonly call?: CallKind;
  readonly method: string;
  readonly path: string;
  readonly userId?: string;
  readonly check: CallCheck;
  /** The text that the wallet expects under the signature; absent while a header that it needs is missing. */
  readonly signedText?: string;
  readonly httpStatus?: number;
  readonly resultCode?: string;
  readonly resultStatus?: string;
  readonly resultMessage?: string;
  /** The answer's body, the first 8192 characters; absent when no answer went out. */
  readonly answerText?: string;
  /** Whether the answer carried a Signature header, be it a right one or not. */
  readonly answerSigned: boolean;
  /** The fault that spoilt the answer, by name. */
  readonly fault?: string;
  /** From the last byte of the request to the answer, without the delay of a fault; in milliseconds. */
  readonly durationMs: number;
}
