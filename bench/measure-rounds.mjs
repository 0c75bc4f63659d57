import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { ask, connections, sendRequests } from './send-requests.mjs';
import { startPostgres } from './start-postgres.mjs';
import { startProgram } from './start-program.mjs';
import { USERS } from './users.mjs';

/**
 * Requests before the first round. A server that runs for days has compiled all of its hot path: on Node 24 a login costs
 * 1,350 µs in its first two thousand, 1,240 up to twelve thousand and 1,030 from then on; a guarded request on Express 110
 * to 130 up to some twenty thousand, then 60 to 80.
 */
const warmUpOf = ({ route = false }) => (route ? 30_000 : 8_000);

/**
 * Requests at the begin of a round that aren't counted. Connections to the program are new; while others had their turn,
 * those to its database and to the wallet were idle too long and have been closed, and sessions have left the cache: all
 * that would be counted as work of each request.
 */
const FIRST_OF_A_ROUND = 1_500;

const CLIENT_ID = '2021072700000000000001';

/**
 * Measures the subjects in rounds that take turns: CPU in microseconds a request of the process that does the work,
 * of all its threads (`all`) and of its main thread (`main`), a list each with a value a round. `requests(subject)` says
 * how many make a round, `warmUp(subject)` how many come before the first one, `uncounted` before each.
 */
export async function measureRounds(subjects, { rounds, requests, warmUp = warmUpOf, uncounted = FIRST_OF_A_ROUND }) {
  const postgres = await startPostgres();
  const wallet = await startProgram('wallet', { clientId: CLIENT_ID, users: USERS });
  const programs = new Map();
  try {
    const work = [];
    for (const subject of subjects) work.push(await toWork(subject, uncounted, programs, wallet.told, postgres));
    const samples = Object.fromEntries(subjects.map(({ id }) => [id, { all: [], main: [], loopDelayP99: [] }]));
    for (const [index, subject] of subjects.entries()) await work[index](warmUp(subject));
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, subject] of subjects.entries()) {
        const { id } = subject;
        const cost = await work[index](requests(subject));
        for (const key of Object.keys(cost)) samples[id][key].push(cost[key]);
      }
    }
    return samples;
  } finally {
    for (const { stop } of programs.values()) stop();
    wallet.stop();
    await postgres.stop();
  }
}

async function toWork(subject, uncounted, programs, walletTold, postgres) {
  const program = await programOf(subject, programs, walletTold, postgres);
  const perRequest = ({ all, main }, count) => ({ all: all / count, main: main / count });
  if (subject.run !== undefined) {
    const run = (count) => program.ask({ ask: 'run', name: subject.run, count });
    return async (count) => {
      await run(uncounted);
      return perRequest(await run(count), count);
    };
  }
  const { url } = program.told;
  const prepared = await overConnections((agent) => subject.prepare?.((request) => ask(agent, url, request)));
  return (count) =>
    overConnections(async (agent) => {
      const send = (requests) => sendRequests(agent, url, (n) => subject.request(n, prepared), requests);
      await send(uncounted);
      const before = await program.ask({ ask: 'usage' });
      await send(count);
      const after = await program.ask({ ask: 'usage' });
      const { loopDelayP99 } = after;
      return { ...perRequest({ all: after.all - before.all, main: after.main - before.main }, count), loopDelayP99 };
    });
}

async function overConnections(work) {
  const agent = connections();
  try {
    return await work(agent);
  } finally {
    agent.destroy();
  }
}

/** One process for a program, platform and transport, each with a database of its own. */
async function programOf({ program, platform, transport }, programs, walletTold, postgres) {
  const key = `${program} ${platform} ${transport}`;
  if (!programs.has(key)) {
    const databaseUrl = await createDatabase(postgres.url);
    const settings = { clientId: CLIENT_ID, platform, transport, databaseUrl, ...walletTold };
    programs.set(key, await startProgram(program, settings));
  }
  return programs.get(key);
}

async function createDatabase(url) {
  const client = new pg.Client({ connectionString: url });
  const name = `bench_${randomUUID().replaceAll('-', '')}`;
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}
