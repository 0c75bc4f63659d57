import type { RequestCost } from './performance-plot.js';

/** What `bench/run.mjs --keep` writes. */
export interface KeptRequests {
  readonly about: {
    readonly cpu: string;
    readonly cores: number;
    readonly node: string;
    readonly date: string;
    readonly rounds: number;
    readonly requests: number;
    readonly loadBefore: number;
  };
  readonly costs: readonly (RequestCost & { readonly id: string; readonly toSign: number })[];
  readonly goals: readonly {
    readonly id: string;
    readonly title: string;
    readonly reached: number;
    readonly atLeast?: number;
    readonly atMost?: number;
  }[];
}

/** Where and how the kept figures were taken, in one line. */
export function describeRun({ about }: KeptRequests): string {
  const { cpu, cores, node, date, rounds, requests, loadBefore } = about;
  return `${cpu}, ${cores} cores, Node ${node}, ${date}, ${rounds} rounds of ${requests} requests, load ${loadBefore} before`;
}

/** The costs, then the goals with what was reached, each run in columns of its own; what was missed says so. */
export function performanceTables(runs: readonly KeptRequests[]): string {
  const costs = rowsOf(
    runs.map((run) => run.costs),
    ({ micros, mainMicros, toSign }) => [String(micros), String(mainMicros), toSign.toFixed(2)],
  );
  const goals = rowsOf(
    runs.map((run) => run.goals),
    (goal) => [`${goal.reached.toFixed(2)}${isMissed(goal) ? ', not reached' : ''}`],
    wish,
  );
  const versions = runs.map(({ about }) => `Node ${about.node.replace(/^v(\d+).*/, '$1')}`);
  return [
    ...runs.map((run) => `- ${describeRun(run)}.`),
    '',
    header(['what', ...versions.flatMap((node) => [`${node}: µs CPU`, 'main thread', '× sign'])]),
    ...costs,
    '',
    header(['ratio', 'wanted', ...versions]),
    ...goals,
  ].join('\n');
}

function header(names: readonly string[]): string {
  return `| ${names.join(' | ')} |\n|${'---|'.repeat(names.length)}`;
}

/** A row for each entry of the last run, with the same entry of the others, where they have it. */
function rowsOf<T extends { readonly id: string; readonly title: string }>(
  runs: readonly (readonly T[])[],
  cells: (entry: T) => readonly string[],
  lead?: (entry: T) => string,
): readonly string[] {
  return (runs.at(-1) ?? []).map((entry) => {
    const empty = cells(entry).map(() => '');
    const columns = runs.flatMap((run) => {
      const same = run.find(({ id }) => id === entry.id);
      return same === undefined ? empty : cells(same);
    });
    return `| ${[entry.title, ...(lead === undefined ? [] : [lead(entry)]), ...columns].join(' | ')} |`;
  });
}

type Goal = KeptRequests['goals'][number];

function wish({ atLeast, atMost }: Goal): string {
  if (atLeast !== undefined) return `≥ ${atLeast}`;
  return atMost === undefined ? '' : `≤ ${atMost}`;
}

function isMissed({ reached, atLeast, atMost }: Goal): boolean {
  return (atLeast !== undefined && reached < atLeast) || (atMost !== undefined && reached > atMost);
}
