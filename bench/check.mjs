// Whether our own costs are still what bench/results/ keeps, as ratios within one run: fit for a noisy CI machine.
//   npm run bench:check
import { readFile } from 'node:fs/promises';
import { GOALS } from './goals.mjs';
import { measureRounds } from './measure-rounds.mjs';
import { ratioOf } from './statistics.mjs';
import { SUBJECTS } from './subjects.mjs';

/** How much worse than the kept ratio one may be. A busy neighbour moves a ratio by a fifth; a lost cache by more. */
const TOLERANCE = 1.4;

/** A ratio that fails is measured once more with as many rounds again: noise passes, a loss stays. */
const TRIES = 2;

const KEPT = new URL(`results/requests-node${process.versions.node.split('.')[0]}.json`, import.meta.url);
const kept = JSON.parse(
  await readFile(KEPT, 'utf8').catch(() => readFile(new URL('results/requests-node20.json', import.meta.url), 'utf8')),
);
const subjects = SUBJECTS.filter(({ peer = false }) => !peer);
const goals = GOALS.filter(({ peer = false }) => !peer);

let failed = [];
for (let attempt = 1; attempt <= TRIES; attempt += 1) {
  const samples = await measureRounds(subjects, { rounds: 5, requests: 400 });
  const cpu = Object.fromEntries(subjects.map(({ id }) => [id, samples[id].all]));
  failed = goals.filter((goal) => !isHeld(goal, ratioOf(goal, cpu)));
  if (failed.length === 0) break;
}
if (failed.length > 0) {
  console.error(
    `Costlier than bench/results/ by more than ${TOLERANCE}: ${failed.map(({ title }) => title).join('; ')}.`,
  );
  console.error(
    'Look at the last changes of the hot path, or run `npm run bench -- --keep` and say why in the commit.',
  );
  process.exit(1);
}
console.log(`${goals.length} ratios hold against ${kept.about.node} on ${kept.about.cpu}, ${kept.about.date}.`);
process.exit();

function isHeld(goal, reached) {
  const before = kept.goals.find(({ id }) => id === goal.id)?.reached;
  if (before === undefined) return true;
  const worse = goal.atLeast === undefined ? reached / before : before / reached;
  console.log(`${reached.toFixed(2).padStart(6)} (kept ${before.toFixed(2)})  ${goal.title}`);
  return worse <= TOLERANCE;
}
