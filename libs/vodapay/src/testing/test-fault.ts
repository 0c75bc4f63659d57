import { OPERATIONS, type OperationName } from '../protocol/operations.js';
import type { AnswerDraft } from './answer-draft.js';

/** One way in which the test wallet answers wrongly. */
export interface TestFault {
  /** The calls that it can spoil. */
  readonly operations: readonly OperationName[];
  /** Whether the wallet does the work before its answer goes wrong: then an auth code is used up. */
  readonly carriesOut: boolean;
  readonly spoil: (right: AnswerDraft) => Partial<AnswerDraft>;
}

export const ANY_OPERATION: readonly OperationName[] = Object.freeze(Object.keys(OPERATIONS) as OperationName[]);
