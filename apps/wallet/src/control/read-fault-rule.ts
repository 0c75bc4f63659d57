import type { FaultRule } from '../faults/fault-rule.js';
import { OPERATION_CALLS, type CallKind } from '../protocol/operations.js';
import { ControlError } from './control-error.js';
import { readOptionalNumber, readOptionalText, readUserId, type Fields } from './read-fields.js';

const CALLS_BY_NAME: Readonly<Record<string, readonly CallKind[]>> = Object.freeze({
  ...OPERATION_CALLS,
  token: ['token'],
  refresh: ['refresh'],
  inquiry: ['inquiry'],
});

const NUMBERS = ['nth', 'from', 'to', 'rate', 'seed', 'times'] as const satisfies readonly (keyof FaultRule)[];

/** `{ "userId", "token" and/or "operation", "fault", "nth"?, "from"?, "to"?, "rate"?, "seed"?, "times"? }` */
export function readFaultRule(fields: Fields): FaultRule {
  const fault = readOptionalText(fields, 'fault');
  if (fault === undefined) throw new ControlError(400, 'fault is missing. GET /faults lists them.');
  const operation = readOptionalText(fields, 'operation');
  const token = readOptionalText(fields, 'token');
  if (operation === undefined && token === undefined && fields['userId'] === undefined) {
    throw new ControlError(400, 'Give userId, token or operation, or some of them: which calls shall the fault spoil?');
  }
  return {
    fault,
    ...(fields['userId'] !== undefined && { userId: readUserId(fields) }),
    ...(token !== undefined && { token }),
    ...(operation !== undefined && { calls: readCalls(operation) }),
    ...readNumbers(fields),
  };
}

function readNumbers(fields: Fields): Partial<Record<(typeof NUMBERS)[number], number>> {
  const given = NUMBERS.flatMap((name) => {
    const value = readOptionalNumber(fields, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(given);
}

function readCalls(operation: string): readonly CallKind[] {
  const calls = Object.hasOwn(CALLS_BY_NAME, operation) ? CALLS_BY_NAME[operation] : undefined;
  if (calls !== undefined) return calls;
  throw new ControlError(400, `operation must be one of ${Object.keys(CALLS_BY_NAME).join(', ')}.`);
}
