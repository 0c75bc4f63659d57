// CPU a request of the process that does the work, ours beside the bound and beside others, in rounds that take turns,
// group by group.
//   npm run bench -- [--rounds 7] [--requests 1000] [--ours] [--keep]
// --ours leaves the peers out (they need `npm ci --prefix bench` once); --keep writes bench/results/.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { GOALS } from './goals.mjs';
import { GROUPS } from './groups.mjs';
import { machine } from './machine.mjs';
import { measureRounds } from './measure-rounds.mjs';
import { median, reachedOf } from './statistics.mjs';
import { SUBJECTS } from './subjects.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    requests: { type: 'string', default: '1000' },
    ours: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const [rounds, requests] = [Number(values.rounds), Number(values.requests)];
const wanted = ({ peer = false }) => !(values.ours && peer);
const subjects = SUBJECTS.filter(wanted);
const about = { ...machine(), date: new Date().toISOString().slice(0, 10), rounds, requests, connections: 64 };
console.log(`${about.cpu}, ${about.cores} cores, Node ${about.node}, load ${about.loadBefore} before`);
console.log(`${rounds} rounds of ${requests} requests, 64 connections, PostgreSQL; CPU a request in microseconds\n`);

const groups = [];
for (const ids of GROUPS) {
  const measured = subjects.filter(({ id }) => ids.includes(id));
  // Without the peers: what would only stand beside them.
  if (values.ours && measured.length < ids.length) continue;
  const progress = (done) => process.stderr.write(`${ids.join(', ')}: round ${done} of ${rounds}\n`);
  groups.push(await measureRounds(measured, { rounds, requests: () => requests, progress }));
}
/** The first group that has all of them. */
const groupOf = (...ids) => groups.find((samples) => ids.every((id) => id in samples));
const costs = subjects.map(costOf);
const goals = GOALS.filter(wanted).map((goal) => ({ ...goal, reached: round(reachedOf(goal, groupOfGoal(goal))) }));

console.log(`${'µs CPU'.padStart(8)}${'main thread'.padStart(13)}${'× sign'.padStart(8)}`);
for (const { title, micros, mainMicros, toSign } of costs) {
  console.log(
    `${String(micros).padStart(8)}${String(mainMicros).padStart(13)}${toSign.toFixed(2).padStart(8)}  ${title}`,
  );
}
console.log(`\n${'reached'.padStart(8)}${'wanted'.padStart(10)}`);
for (const { title, reached, atLeast, atMost } of goals) {
  const wish = atLeast === undefined ? (atMost === undefined ? '' : `≤ ${atMost}`) : `≥ ${atLeast}`;
  const missed = (atLeast !== undefined && reached < atLeast) || (atMost !== undefined && reached > atMost);
  console.log(`${reached.toFixed(2).padStart(8)}${wish.padStart(10)}  ${title}${missed ? '   not reached' : ''}`);
}

if (values.keep) await keepResults();

function costOf({ id, title }) {
  const samples = groupOf(id);
  const { all, main, loopDelayP99 } = samples[id];
  const sign = (samples.sign ?? samples['client-sign']).all;
  return {
    id,
    title,
    micros: Math.round(median(all)),
    mainMicros: Math.round(median(main)),
    toSign: round(median(all.map((value, index) => value / sign[index]))),
    ...(loopDelayP99.length > 0 && { loopDelayP99Micros: Math.round(median(loopDelayP99)) }),
  };
}

function groupOfGoal({ of, to }) {
  return to === undefined ? groupOf(of) : groupOf(of, to);
}

async function keepResults() {
  const path = new URL(`results/requests-node${process.versions.node.split('.')[0]}.json`, import.meta.url);
  const method =
    'medians of interleaved rounds, group by group; process.cpuUsage and /proc schedstat of the process that does the work';
  await writeFile(path, `${JSON.stringify({ about: { ...about, method }, costs, goals }, undefined, 2)}\n`);
}

function round(value) {
  return Number(value.toFixed(3));
}
