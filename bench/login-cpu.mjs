// CPU of the merchant's process per request, in rounds that take turns; ratios to one async RSA-2048 signature in the
// same process. `npm run build:lib && node bench/login-cpu.mjs [rounds] [requests]`
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request as send } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROUNDS = Number(process.argv[2] ?? 7);
const REQUESTS = Number(process.argv[3] ?? 1_500);
const USERS = 200;
const CONNECTIONS = 64;
const clientId = '2021072700000000000001';
const path = (name) => fileURLToPath(new URL(name, import.meta.url));

const postgres = await startPostgres();
const wallet = spawn(process.execPath, [path('presigned-wallet.mjs'), clientId, String(USERS)], {
  stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
});
const [line] = await once(createInterface({ input: wallet.stdout }), 'line');
const { url: walletUrl, publicKey: walletKey } = JSON.parse(line);
const setUp = { clientId, walletUrl, walletKey, databaseUrl: postgres.url };
const server = fork(path('merchant-server.mjs'), [JSON.stringify(setUp)]);
const [{ url }] = await once(server, 'message');
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

const accessToken = (n) => `0000000002BENCH${String(n).padStart(25, '0')}`;
let sequence = 0;
const login = () => ask('POST', '/login', { body: { authCode: `code-${sequence % USERS}-${(sequence += 1)}` } });
const tokens = (await Promise.all(Array.from({ length: USERS }, login))).map(({ token }) => token);
const WORK = {
  'bare route': () => ask('GET', '/bare', {}),
  'session request': (n) => ask('GET', '/me', { bearer: tokens[n % USERS] }),
  'returning login by access token': (n) => ask('GET', '/me', { bearer: accessToken(n % USERS) }),
  'returning login by auth code': login,
};
const SIGN = 'async RSA-2048 sign';
const samples = Object.fromEntries([SIGN, ...Object.keys(WORK)].map((name) => [name, []]));
for (const work of Object.values(WORK)) await run(work, 500);
for (let round = 0; round < ROUNDS; round += 1) {
  samples[SIGN].push((await answerOf({ ask: 'sign', count: REQUESTS })).perSign);
  for (const [name, work] of Object.entries(WORK)) samples[name].push(await cpuPerRequest(work));
}
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
console.log(
  `node ${process.version}, ${ROUNDS} rounds of ${REQUESTS} requests, ${CONNECTIONS} connections, PostgreSQL`,
);
for (const [name, values] of Object.entries(samples)) {
  const ratio = median(values.map((value, n) => value / samples[SIGN][n]));
  console.log(`${name.padEnd(34)} ${median(values).toFixed(0).padStart(6)} µs  ${ratio.toFixed(2).padStart(6)} × sign`);
}
server.kill();
wallet.kill();
await postgres.stop();
process.exit();

async function cpuPerRequest(work) {
  const before = await answerOf({ ask: 'cpu' });
  await run(work, REQUESTS);
  const after = await answerOf({ ask: 'cpu' });
  return (after.user + after.system - before.user - before.system) / REQUESTS;
}

async function answerOf(question) {
  server.send(question);
  const [answer] = await once(server, 'message');
  return answer;
}

async function run(work, count) {
  let next = 0;
  const worker = async () => {
    while (next < count) await work((next += 1));
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
}

function ask(method, route, { body, bearer }) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    ...(text !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
  };
  return new Promise((resolve, reject) => {
    const sent = send(url + route, { method, headers, agent }, (response) => {
      let answer = '';
      response.setEncoding('utf8').on('data', (chunk) => (answer += chunk));
      response.on('end', () =>
        response.statusCode === 200
          ? resolve(JSON.parse(answer))
          : reject(new Error(`${response.statusCode} ${answer}`)),
      );
    });
    sent.on('error', reject);
    sent.end(text);
  });
}

async function startPostgres() {
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(path('../test/databases/start-postgres.ts'), {
    configFile: false,
    logLevel: 'error',
  });
  return module.startPostgres();
}
