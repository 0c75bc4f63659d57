// CPU a request of the process that does the work, ours beside the bound and beside others, in rounds that take turns.
//   npm run bench -- [--rounds 7] [--requests 1000] [--ours] [--keep]
// --ours leaves the peers out (they need `npm ci --prefix bench` once); --keep writes bench/results/.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { GOALS } from './goals.mjs';
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

const samples = await measureRounds(subjects, {
  rounds,
  requests: () => requests,
  progress: async (done, sofar) => {
    process.stderr.write(`round ${done} of ${rounds}\n`);
    // After each round: what a run that is cut short has measured is not lost.
    if (values.keep) await keepResults({ ...about, rounds: done }, summaryOf(sofar));
  },
});
const { costs, goals } = summaryOf(samples);

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

function summaryOf(measured) {
  return {
    costs: subjects.map(({ id, title }) => ({
      id,
      title,
      micros: Math.round(median(measured[id].all)),
      mainMicros: Math.round(median(measured[id].main)),
      toSign: round(median(measured[id].all.map((value, index) => value / measured.sign.all[index]))),
      ...(measured[id].loopDelayP99.length > 0 && {
        loopDelayP99Micros: Math.round(median(measured[id].loopDelayP99)),
      }),
    })),
    goals: GOALS.filter(wanted).map((goal) => ({ ...goal, reached: round(reachedOf(goal, measured)) })),
  };
}

async function keepResults(aboutRun, summary) {
  const path = new URL(`results/requests-node${process.versions.node.split('.')[0]}.json`, import.meta.url);
  const method =
    'medians of interleaved rounds; process.cpuUsage and /proc schedstat of the process that does the work';
  await writeFile(path, `${JSON.stringify({ about: { ...aboutRun, method }, ...summary }, undefined, 2)}\n`);
}

function round(value) {
  return Number(value.toFixed(3));
}
