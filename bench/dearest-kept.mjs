import { readdirSync, readFileSync } from 'node:fs';

const RESULTS = new URL('results/', import.meta.url);

/** CPU in microseconds a request of one subject, as `npm run bench -- --keep` has kept it: on the Node where it is dearest. */
export function dearestKept(id) {
  const kept = readdirSync(RESULTS).filter((name) => /^requests-node\d+\.json$/.test(name));
  const costs = kept.flatMap((name) => JSON.parse(readFileSync(new URL(name, RESULTS), 'utf8')).costs);
  return Math.max(...costs.filter((cost) => cost.id === id).map(({ micros }) => micros));
}
