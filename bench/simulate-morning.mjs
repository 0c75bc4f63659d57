// Whether the capacity model holds: the busiest minutes of a morning as a queue, second by second what can't be run here.
//   node bench/simulate-morning.mjs [--keep]
import { writeFile } from 'node:fs/promises';
import { ASSUMED, capacityFor, measuredCost } from './capacity-model.mjs';
import { seededRandom } from './seeded-random.mjs';

const MINUTES = 10;
const cost = measuredCost();

console.log(`a login ${cost.login} µs, a guarded request ${cost.guarded} µs of CPU; ${JSON.stringify(ASSUMED)}`);
const rows = [];
for (const users of [1e6, 1e7]) {
  const model = capacityFor(users, cost);
  for (const cores of [Math.max(1, Math.ceil(model.busyCores)), model.cores]) {
    const { busy, p50, p99 } = simulate(model, cores, seededRandom(users));
    const said = (model.busyCores / cores) * 100;
    console.log(
      `${users} users, ${cores} cores: busy ${(busy * 100).toFixed(1)} % (model ${said.toFixed(1)} %), ` +
        `waiting for a core p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`,
    );
    rows.push({ users, cores, busy, modelBusy: said / 100, p50Ms: p50, p99Ms: p99 });
  }
}

if (process.argv.includes('--keep')) {
  const models = [1e6, 1e7].map((users) => capacityFor(users, cost));
  const path = new URL('results/capacity.json', import.meta.url);
  await writeFile(path, `${JSON.stringify({ cost, assumed: ASSUMED, models, simulated: rows }, undefined, 2)}\n`);
}

/** Arrivals at random (Poisson), work of random length around the measured mean, each to the core that is free first. */
function simulate({ loginsASecond, requestsASecond }, cores, random) {
  const rate = (loginsASecond + requestsASecond) / 1_000;
  const loginShare = loginsASecond / (loginsASecond + requestsASecond);
  const freeAt = Array.from({ length: cores }, () => 0);
  const waits = [];
  let [now, worked] = [0, 0];
  while (now < MINUTES * 60_000) {
    now += exponential(random) / rate;
    const mean = (random() < loginShare ? cost.login : cost.guarded) / 1_000;
    // Half of the work is always there, half varies: what garbage collection and a cold cache do.
    const work = mean * (0.5 + 0.5 * exponential(random));
    const core = freeAt.indexOf(Math.min(...freeAt));
    const begins = Math.max(now, freeAt[core]);
    freeAt[core] = begins + work;
    waits.push(begins - now);
    worked += work;
  }
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.floor(sorted.length * share)];
  return { busy: worked / (now * cores), p50: at(0.5), p99: at(0.99) };
}

function exponential(random) {
  return -Math.log(1 - random());
}
