// CPU a request of the process that does the work, ours beside the bound and beside others, in rounds that take turns,
// group by group.
//   npm run bench -- [--rounds 9] [--requests 1000] [--ours] [--keep]
// --ours leaves the peers out (they need `npm ci --prefix bench` once); --keep writes bench/results/.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { GOALS } from './goals.mjs';
import { GROUPS } from './groups.mjs';
import { machine } from './machine.mjs';
import { measureRounds } from './measure-rounds.mjs';
import { median, reachedOf } from './statistics.mjs';
import { SUBJECTS } from './subjects.mjs';

/** A shared machine is slow for minutes: each group has its rounds at three times, far apart. */
const SITTINGS = 3;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    requests: { type: 'string', default: '1000' },
    ours: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const [rounds, requests] = [Number(values.rounds), Number(values.requests)];
/** A route without a wallet call costs so little that a round of it must be longer to be told from the noise. */
const requestsOf = ({ route = false }) => (route ? 4 * requests : requests);
const wanted = ({ peer = false }) => !(values.ours && peer);
const subjects = SUBJECTS.filter(wanted);
const about = { ...machine(), date: new Date().toISOString().slice(0, 10), rounds, requests, connections: 64 };
console.log(`${about.cpu}, ${about.cores} cores, Node ${about.node}, load ${about.loadBefore} before`);
console.log(`${rounds} rounds of ${requests} requests, 64 connections, PostgreSQL; CPU a request in microseconds\n`);

/** By group, what each of its sittings has measured. */
const sittings = [];
for (let sitting = 1; sitting <= SITTINGS; sitting += 1) {
  for (const ids of GROUPS) {
    const measured = subjects.filter(({ id }) => ids.includes(id));
    // Without the peers: what would only stand beside them.
    if (values.ours && measured.length < ids.length) continue;
    process.stderr.write(`sitting ${sitting} of ${SITTINGS}: ${ids.join(', ')}\n`);
    sittings.push(await measureRounds(measured, { rounds: Math.ceil(rounds / SITTINGS), requests: requestsOf }));
  }
}
const costs = subjects.map(costOf);
const goals = GOALS.filter(wanted).map((goal) => ({
  ...goal,
  reached: round(reachedOf(goal, samplesOf(goal.of, goal.to))),
}));

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

/** Of all groups where these took turns, each sitting's rounds behind those of the one before. */
function samplesOf(...ids) {
  const named = ids.filter((id) => id !== undefined);
  const together = sittings.filter((samples) => named.every((id) => id in samples));
  const joined = (id, figure) => together.flatMap((samples) => samples[id][figure]);
  return Object.fromEntries(
    named.map((id) => [
      id,
      { all: joined(id, 'all'), main: joined(id, 'main'), loopDelayP99: joined(id, 'loopDelayP99') },
    ]),
  );
}

function costOf({ id, title }) {
  // The wallet client alone runs in another process than the logins do, and is held beside the signature there.
  const sign = GROUPS.some((ids) => ids.includes(id) && ids.includes('sign')) ? 'sign' : 'client-sign';
  const samples = samplesOf(id, sign);
  const { all, main, loopDelayP99 } = samples[id];
  return {
    id,
    title,
    micros: Math.round(median(all)),
    mainMicros: Math.round(median(main)),
    toSign: round(median(all.map((value, index) => value / samples[sign].all[index]))),
    ...(loopDelayP99.length > 0 && { loopDelayP99Micros: Math.round(median(loopDelayP99)) }),
  };
}

async function keepResults() {
  const path = new URL(`results/requests-node${process.versions.node.split('.')[0]}.json`, import.meta.url);
  const method =
    'medians of interleaved rounds, group by group, in three sittings; process.cpuUsage and /proc schedstat of the process that does the work';
  await writeFile(path, `${JSON.stringify({ about: { ...about, method }, costs, goals }, undefined, 2)}\n`);
}

function round(value) {
  return Number(value.toFixed(3));
}
