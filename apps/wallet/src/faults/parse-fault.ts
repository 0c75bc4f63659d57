import type { CallKind } from '../protocol/operations.js';
import { isResultCode } from '../protocol/result-codes.js';
import type { Fault } from './fault.js';
import { FAULTS } from './faults.js';

/** A fault as somebody asked for it by name. */
export interface NamedFault {
  readonly name: string;
  readonly fault: Fault;
  /** The call that it spoils. */
  readonly call: CallKind;
}

const CALL_KINDS: readonly CallKind[] = ['token', 'refresh', 'inquiry'];

/**
 * Reads `[token:|refresh:|inquiry:]<fault>[:<CODE>]`. The prefix chooses the call, else it is the first that the fault
 * can spoil; `<fault>:<CODE>` answers a result code under the broken seal of the fault, as in `unsigned:USED_CODE`.
 * Throws a TypeError that lists the names when it is none.
 */
export function parseFault(name: string): NamedFault {
  const prefix = CALL_KINDS.find((kind) => name.startsWith(`${kind}:`));
  const rest = prefix === undefined ? name : name.slice(prefix.length + 1);
  const fault = lookUp(rest);
  if (fault === undefined) throw new TypeError(unknownFault(name));
  // A result code may be asked for where its table does not list it: that too can come over the wire.
  const fits = prefix === undefined || fault.calls.includes(prefix) || isResultCode(rest.split(':').at(-1) ?? '');
  if (!fits) {
    throw new TypeError(`The fault ${rest} cannot spoil the ${prefix} call; it is for ${fault.calls.join(', ')}.`);
  }
  return { name, fault, call: prefix ?? fault.calls[0] ?? 'token' };
}

function lookUp(name: string): Fault | undefined {
  if (Object.hasOwn(FAULTS, name)) return FAULTS[name];
  const colon = name.indexOf(':');
  const seal = Object.hasOwn(FAULTS, name.slice(0, colon)) ? FAULTS[name.slice(0, colon)]?.seal : undefined;
  const code = name.slice(colon + 1);
  const result = isResultCode(code) ? FAULTS[code] : undefined;
  if (colon < 0 || seal === undefined || seal.bare === true || result === undefined) return undefined;
  return { ...result, says: `${code}, ${name.slice(0, colon)}`, seal };
}

function unknownFault(name: string): string {
  return (
    `Unknown fault ${JSON.stringify(name.slice(0, 80))}. Known: ${Object.keys(FAULTS).join(', ')}; ` +
    'also <seal>:<CODE> as in unsigned:USED_CODE; before any of them token:, refresh: or inquiry: chooses the call.'
  );
}
