import { getMetadataStorage } from 'class-validator';
import { EnvironmentVariables } from './environment-variables.js';

const PREFIX = 'VODAPAY_';
/** So many letters may be wrong, missing or too many before a name is taken for another one. */
const MAX_TYPOS = 3;

/** One sentence for each VODAPAY_ variable that is set and that nobody reads, with the name that was probably meant. */
export function unreadVariables(variables: NodeJS.ProcessEnv): readonly string[] {
  const known = knownVariables();
  return Object.entries(variables)
    .filter(([name, value]) => name.startsWith(PREFIX) && value !== '' && !known.includes(name))
    .map(([name]) => {
      const meant = nearest(name, known);
      return `${name} is not read${meant === undefined ? '.' : `; did you mean ${meant}?`}`;
    });
}

/** Every variable has a check, so the checks are the list of them. */
function knownVariables(): readonly string[] {
  const checks = getMetadataStorage().getTargetValidationMetadatas(EnvironmentVariables, '', false, false);
  return [...new Set(checks.map(({ propertyName }) => propertyName))];
}

function nearest(name: string, known: readonly string[]): string | undefined {
  const candidates = known
    .filter((other) => other.startsWith(PREFIX))
    .map((other) => ({ other, typos: isPartOf(name, other) ? 1 : distance(name, other) }))
    .filter(({ typos }) => typos <= MAX_TYPOS)
    .toSorted((one, two) => one.typos - two.typos);
  return candidates[0]?.other;
}

function isPartOf(name: string, other: string): boolean {
  return name.length > PREFIX.length && (other.startsWith(`${name}_`) || name.startsWith(`${other}_`));
}

/** Levenshtein's, a row at a time. */
function distance(one: string, two: string): number {
  let row = Array.from({ length: two.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(one).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(two).entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
