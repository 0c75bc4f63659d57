import type { FaultRule } from '../faults/fault-plan.js';
import { OPERATION_CALLS, type CallKind } from '../protocol/operations.js';
import { ControlError } from './control-error.js';
import { readOptionalText, readTimes, readUserId, type Fields } from './read-fields.js';

const CALLS_BY_NAME: Readonly<Record<string, readonly CallKind[]>> = Object.freeze({
  ...OPERATION_CALLS,
  token: ['token'],
  refresh: ['refresh'],
  inquiry: ['inquiry'],
});

/** `{ "userId" and/or "operation", "fault", "times"? }` */
export function readFaultRule(fields: Fields): FaultRule {
  const fault = readOptionalText(fields, 'fault');
  if (fault === undefined) throw new ControlError(400, 'fault is missing. GET /faults lists them.');
  const operation = readOptionalText(fields, 'operation');
  if (operation === undefined && fields['userId'] === undefined) {
    throw new ControlError(400, 'Give userId, operation or both: which calls shall the fault spoil?');
  }
  const times = readTimes(fields);
  return {
    fault,
    ...(fields['userId'] !== undefined && { userId: readUserId(fields) }),
    ...(operation !== undefined && { calls: readCalls(operation) }),
    ...(times !== undefined && { times }),
  };
}

function readCalls(operation: string): readonly CallKind[] {
  const calls = Object.hasOwn(CALLS_BY_NAME, operation) ? CALLS_BY_NAME[operation] : undefined;
  if (calls !== undefined) return calls;
  throw new ControlError(400, `operation must be one of ${Object.keys(CALLS_BY_NAME).join(', ')}.`);
}
