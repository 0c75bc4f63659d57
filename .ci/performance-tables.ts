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
  readonly costs: readonly (RequestCost & { readonly toSign: number })[];
  readonly goals: readonly {
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

/** The costs, then the goals with what was reached; what was missed says so. */
export function performanceTables(kept: KeptRequests): string {
  const costs = kept.costs.map(
    ({ title, micros, mainMicros, toSign }) => `| ${title} | ${micros} | ${mainMicros} | ${toSign.toFixed(2)} |`,
  );
  const goals = kept.goals.map(
    (goal) => `| ${goal.title} | ${goal.reached.toFixed(2)} | ${wish(goal)} | ${verdict(goal)} |`,
  );
  return [
    `${describeRun(kept)}.`,
    '',
    '| what | µs CPU | main thread | × sign |',
    '|---|---|---|---|',
    ...costs,
    '',
    '| ratio | reached | wanted | |',
    '|---|---|---|---|',
    ...goals,
  ].join('\n');
}

type Goal = KeptRequests['goals'][number];

function wish({ atLeast, atMost }: Goal): string {
  if (atLeast !== undefined) return `≥ ${atLeast}`;
  return atMost === undefined ? '' : `≤ ${atMost}`;
}

function verdict({ reached, atLeast, atMost }: Goal): string {
  if (atLeast === undefined && atMost === undefined) return '';
  const missed = (atLeast !== undefined && reached < atLeast) || (atMost !== undefined && reached > atMost);
  return missed ? 'not reached' : 'reached';
}
