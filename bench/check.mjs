// Whether our own costs are still what bench/results/ keeps, by ratios within one run: on a busy machine, or on another one.
//   npm run bench:check [-- --keep]
// --keep measures five times and writes what is compared with. Told is the CPU of the main thread, where all but the signature
// is done: Linux only.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { CHECKED_RATIOS } from './checked-ratios.mjs';
import { costlier, nearestMajor, ratioOfSums } from './kept-ratios.mjs';
import { machine } from './machine.mjs';
import { measureRounds } from './measure-rounds.mjs';
import { median } from './statistics.mjs';
import { SUBJECTS } from './subjects.mjs';

/** Enough for the compiler to have seen the hot path, and no more: this is to take a minute. */
const WARM_UP = 600;
const UNCOUNTED = 256;
const ROUNDS = 8;
const REQUESTS = 300;
/** A route without a wallet call costs so little that a round of it must be longer to be told from the noise. */
const REQUESTS_OF_A_ROUTE = 1_200;

const RESULTS = new URL('results/', import.meta.url);
const KEPT_NAME = /^check-node(\d+)\.json$/;
const MAJOR = Number(process.versions.node.split('.')[0]);

const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false } } });
await (values.keep ? keep() : check());
process.exit();

async function check() {
  const kept = await readKept();
  let failed = CHECKED_RATIOS;
  for (const attempt of ['first', 'second']) {
    // What fails is measured once more: noise passes, a loss stays.
    const reached = await measure(failed);
    const worse = costlier(failed, reached, kept.ratios);
    for (const ratio of failed) {
      const before = kept.ratios[ratio.id]?.toFixed(2) ?? 'none';
      const verdict = worse.includes(ratio) ? `   costlier by more than ${ratio.worseBy}, the ${attempt} time` : '';
      console.log(`${reached[ratio.id].toFixed(2).padStart(6)} (kept ${before})  ${ratio.title}${verdict}`);
    }
    failed = worse;
    if (failed.length === 0) return console.log(`${CHECKED_RATIOS.length} ratios hold.`);
  }
  console.error(`Costlier than what is kept, twice: ${failed.map(({ title }) => title).join('; ')}.`);
  console.error(
    'Look at the last changes of the hot path, or run `npm run bench:check -- --keep` and say why in the commit.',
  );
  process.exitCode = 1;
}

async function keep() {
  const about = { ...machine(), date: new Date().toISOString().slice(0, 10), measurements: 5, rounds: ROUNDS };
  const taken = [];
  for (let n = 0; n < about.measurements; n += 1) {
    taken.push(await measure(CHECKED_RATIOS));
    console.log(taken[n]);
  }
  const ratios = Object.fromEntries(
    CHECKED_RATIOS.map(({ id }) => [id, Number(median(taken.map((reached) => reached[id])).toFixed(3))]),
  );
  await writeFile(keptPath(MAJOR), `${JSON.stringify({ about, ratios }, undefined, 2)}\n`);
  console.log('Kept:', ratios);
}

/** The ratios by their ids. */
async function measure(ratios) {
  const ids = new Set(ratios.flatMap(({ of, to }) => [...of, ...to]));
  const subjects = SUBJECTS.filter(({ id }) => ids.has(id));
  const settings = {
    rounds: ROUNDS,
    warmUp: () => WARM_UP,
    uncounted: UNCOUNTED,
    requests: ({ route = false }) => (route ? REQUESTS_OF_A_ROUTE : REQUESTS),
  };
  const samples = await measureRounds(subjects, settings).catch((error) => {
    // Where several others want the cores, a statement may reach its limit of five seconds.
    console.log(`Broke off: ${error.message}\nOnce more.`);
    return measureRounds(subjects, settings);
  });
  const costs = Object.fromEntries(subjects.map(({ id }) => [id, samples[id].main]));
  return Object.fromEntries(ratios.map((ratio) => [ratio.id, ratioOfSums(ratio, costs)]));
}

async function readKept() {
  const majors = (await readdir(RESULTS)).map((name) => Number(KEPT_NAME.exec(name)?.[1])).filter(Boolean);
  const major = nearestMajor(majors, MAJOR);
  const kept = JSON.parse(await readFile(keptPath(major), 'utf8'));
  if (major !== MAJOR) {
    console.log(`Nothing is kept for Node ${MAJOR}: compared with Node ${major}, the nearest that is.`);
  }
  const { node, cpu, date } = kept.about;
  console.log(`Kept: Node ${node} on ${cpu}, ${date}. Here: Node ${process.version} on ${machine().cpu}.`);
  return kept;
}

function keptPath(major) {
  return new URL(`check-node${major}.json`, RESULTS);
}
