import { CHECKS } from './checks.js';
import type { Facts } from './facts.js';
import type { Finding } from './finding.js';

/** Everything that the doctor has to say. */
export interface Report {
  /** Whether there is no problem. */
  readonly ok: boolean;
  readonly findings: readonly (Finding & { readonly check: string })[];
}

export function examine(facts: Facts): Report {
  const findings = CHECKS.flatMap(({ name, look }) => look(facts).map((finding) => ({ check: name, ...finding })));
  return { ok: findings.every(({ severity }) => severity !== 'problem'), findings };
}

/** For people: the first line names the first cause, the rest is in the order in which to repair it. */
export function reportLines({ ok, findings }: Report): readonly string[] {
  const problems = findings.filter(({ severity }) => severity === 'problem');
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  const [first] = problems;
  const headline =
    first === undefined
      ? `In order${warnings.length === 0 ? '.' : `, with ${count(warnings, 'warning')}.`}`
      : `Problem: ${first.says}`;
  return [
    headline,
    ...(first?.next === undefined ? [] : [`  next: ${first.next}`]),
    ...(ok ? [] : [`${count(problems, 'problem')}, ${count(warnings, 'warning')}.`]),
    '',
    ...[...problems.slice(1), ...warnings, ...findings.filter(({ severity }) => severity === 'fine')].flatMap(lines),
  ];
}

function lines({ severity, says, next }: Finding): readonly string[] {
  return [`${severity.padEnd(8)} ${says}`, ...(next === undefined ? [] : [`         next: ${next}`])];
}

function count(findings: readonly Finding[], what: string): string {
  return `${findings.length} ${what}${findings.length === 1 ? '' : 's'}`;
}
