import { ChangeSignal } from '../log/change-signal.js';
import type { CallKind } from '../protocol/operations.js';
import { checkFaultRule } from './check-fault-rule.js';
import type { ActiveFaultRule, FaultRule } from './fault-rule.js';
import { lot } from './lot.js';
import { parseFault, type NamedFault } from './parse-fault.js';

/** What rules go by. */
export interface CallTraits {
  readonly call: CallKind;
  readonly userId: string;
  /** The auth code or token that the call presents. */
  readonly token: string;
}

interface KeptRule {
  readonly id: number;
  readonly rule: FaultRule;
  readonly draw: () => number;
  seen: number;
  spoilt: number;
}

/** Which fault spoils which answer: the one attached to the code or token first, then the rules in the order they came. */
export class FaultPlan {
  readonly changed = new ChangeSignal();
  #rules: readonly KeptRule[] = [];
  #lastId = 0;

  /** Gives the rule's id. Throws a TypeError when there is no such fault, or when the rule can never apply. */
  add(rule: FaultRule): number {
    checkFaultRule(rule);
    this.#lastId += 1;
    const kept = { id: this.#lastId, rule: { ...rule }, draw: lot(rule.seed ?? 1), seen: 0, spoilt: 0 };
    this.#set([...this.#rules, kept]);
    return kept.id;
  }

  /** False when there is no rule of this id. */
  remove(id: number): boolean {
    const others = this.#rules.filter((kept) => kept.id !== id);
    const found = others.length < this.#rules.length;
    if (found) this.#set(others);
    return found;
  }

  clear(): void {
    this.#set([]);
  }

  list(): readonly ActiveFaultRule[] {
    return this.#rules.map(({ id, rule, seen, spoilt }) => ({ ...rule, id, seen, spoilt }));
  }

  /** Counts the call for every rule that it fits. */
  choose(traits: CallTraits, attached: string | undefined): NamedFault | undefined {
    let chosen: KeptRule | undefined;
    for (const kept of this.#rules) {
      if (fits(kept.rule, traits) && comesUp(kept)) chosen ??= kept;
    }
    const ownFault = attached === undefined ? undefined : parseFault(attached);
    if (ownFault?.call === traits.call) return ownFault;
    if (chosen === undefined) return undefined;
    this.#countSpoilt(chosen);
    return parseFault(chosen.rule.fault);
  }

  #countSpoilt(kept: KeptRule): void {
    kept.spoilt += 1;
    const isUsedUp = kept.spoilt === kept.rule.times || kept.seen === (kept.rule.nth ?? kept.rule.to);
    if (isUsedUp) this.remove(kept.id);
    else this.changed.fire();
  }

  #set(rules: readonly KeptRule[]): void {
    this.#rules = rules;
    this.changed.fire();
  }
}

function fits(rule: FaultRule, { call, userId, token }: CallTraits): boolean {
  if (rule.userId !== undefined && rule.userId !== userId) return false;
  if (rule.token !== undefined && rule.token !== token) return false;
  return (rule.calls ?? [parseFault(rule.fault).call]).includes(call);
}

/** Counts the call, and says whether it is one of those that the rule picks. */
function comesUp(kept: KeptRule): boolean {
  kept.seen += 1;
  const { nth, from = 1, to = Number.POSITIVE_INFINITY, rate = 1 } = kept.rule;
  // The lot is drawn for each fitting call, so that which calls it picks hangs on their number alone.
  const isDrawn = kept.draw() < rate;
  return isDrawn && (nth === undefined ? kept.seen >= from && kept.seen <= to : kept.seen === nth);
}
