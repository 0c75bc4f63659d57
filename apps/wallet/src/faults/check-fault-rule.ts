import type { FaultRule } from './fault-rule.js';
import { parseFault } from './parse-fault.js';

const LARGEST_COUNT = 1_000_000_000;
const COUNTS = ['nth', 'from', 'to', 'times'] as const satisfies readonly (keyof FaultRule)[];

/** Throws a TypeError that says what is wrong with a rule. */
export function checkFaultRule(rule: FaultRule): void {
  const { fault, call: chosen } = parseFault(rule.fault);
  const spoils = rule.fault.startsWith(`${chosen}:`) ? [chosen] : fault.calls;
  if (rule.calls !== undefined && !rule.calls.some((call) => spoils.includes(call))) {
    throw new TypeError(`The fault ${rule.fault} is for ${spoils.join(', ')}, not ${rule.calls.join(', ')}.`);
  }
  for (const name of COUNTS) checkCount(name, rule[name]);
  if (rule.nth !== undefined && (rule.from !== undefined || rule.to !== undefined)) {
    throw new TypeError('Give nth, or from and to, not both.');
  }
  if (rule.to !== undefined && rule.to < (rule.from ?? 1)) throw new TypeError('to must not be less than from.');
  const { rate, seed } = rule;
  if (rate !== undefined && !(typeof rate === 'number' && rate > 0 && rate <= 1)) {
    throw new TypeError('rate must be a number above 0, at most 1.');
  }
  if (seed !== undefined && !Number.isSafeInteger(seed)) throw new TypeError('seed must be a whole number.');
}

function checkCount(name: string, value: number | undefined): void {
  if (value === undefined || (Number.isInteger(value) && value >= 1 && value <= LARGEST_COUNT)) return;
  throw new TypeError(`${name} must be a whole number from 1 to ${LARGEST_COUNT}.`);
}
