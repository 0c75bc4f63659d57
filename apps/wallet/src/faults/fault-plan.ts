import type { CallKind } from '../protocol/operations.js';
import { parseFault, type NamedFault } from './parse-fault.js';

/** A fault for every call of a user, of an operation, or of both. */
export interface FaultRule {
  readonly userId?: string;
  /** Which calls; without it the call that the fault's own name chooses. */
  readonly calls?: readonly CallKind[];
  /** Name as `parseFault` reads it. */
  readonly fault: string;
  /** How many answers it spoils; without it, all until the rules are cleared. */
  readonly times?: number;
}

/** Which fault spoils which answer: the one attached to the code or token first, then the rules in the order they came. */
export class FaultPlan {
  #rules: FaultRule[] = [];

  /** Throws a TypeError when there is no such fault, or when it can spoil none of the calls named. */
  add(rule: FaultRule): void {
    const { fault } = parseFault(rule.fault);
    if (rule.calls !== undefined && !rule.calls.some((call) => fault.calls.includes(call))) {
      throw new TypeError(`The fault ${rule.fault} is for ${fault.calls.join(', ')}, not ${rule.calls.join(', ')}.`);
    }
    this.#rules.push(rule);
  }

  clear(): void {
    this.#rules = [];
  }

  list(): readonly FaultRule[] {
    return [...this.#rules];
  }

  /** Counts a rule with `times` down. */
  choose(call: CallKind, userId: string, attached: string | undefined): NamedFault | undefined {
    if (attached !== undefined) {
      const named = parseFault(attached);
      if (named.call === call) return named;
    }
    const rule = this.#rules.find((candidate) => applies(candidate, call, userId));
    if (rule === undefined) return undefined;
    this.#countDown(rule);
    return parseFault(rule.fault);
  }

  #countDown(rule: FaultRule): void {
    const { times } = rule;
    if (times === undefined) return;
    this.#rules = this.#rules.flatMap((other) => {
      if (other !== rule) return [other];
      return times > 1 ? [{ ...rule, times: times - 1 }] : [];
    });
  }
}

function applies(rule: FaultRule, call: CallKind, userId: string): boolean {
  if (rule.userId !== undefined && rule.userId !== userId) return false;
  return (rule.calls ?? [parseFault(rule.fault).call]).includes(call);
}
