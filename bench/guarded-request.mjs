// What a guarded request with a live session costs above the bare route: CPU of this process per request, in many short
// rounds that take turns; in process (no sockets) and on the wire, on Express and Fastify. A guard that only says yes stands
// beside ours: what it costs is Nest's own way of asking a guard. Under three minutes on two cores.
// `npm run build:lib && node bench/guarded-request.mjs [rounds] [requests]`
import 'reflect-metadata';
import { fork } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { Agent, IncomingMessage, request as send, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Controller, Get, HttpCode, Module, Post, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';
import {
  VODAPAY_ENTITIES,
  VODAPAY_MIGRATIONS,
  VodaPayAuth,
  VodaPayAuthGuard,
  VodaPayInquiryService,
  VodaPayModule,
  VodaPayUser,
} from 'nestjs-vodapay';

const require = createRequire(import.meta.url);
const ROUNDS = Number(process.argv[2] ?? 41);
const REQUESTS = Number(process.argv[3] ?? 2_000);
const SESSIONS = 20;
const CONNECTIONS = 32;
const PLATFORMS = ['fastify', 'express'];
const ROUTES = ['bare', 'yes', 'guarded'];
const noCosts = () => Object.fromEntries(ROUTES.map((route) => [route, []]));
/** What the project wants of itself: microseconds added in process at most, and the rate on the wire at least. */
const GOALS = { fastify: { added: 4, rate: 0.95 }, express: { added: 8, rate: 0.85 } };
/** Rounds that aren't counted: the code is being compiled. */
const WARM_UP = 5;
/** Each route begins every other round, so that neither always runs on the other's garbage. */
const inTurn = (round) => (round % 2 === 0 ? ROUTES : ROUTES.toReversed());
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

if (process.send === undefined) await measure();
else await serve(process.argv[4]);

async function measure() {
  console.log(`node ${process.version}, ${ROUNDS} rounds of ${REQUESTS} requests, ${SESSIONS} sessions, SQLite`);
  for (const platform of PLATFORMS) {
    const { added } = report(`${platform}, in process`, await inProcess(platform));
    judge(`${platform}: at most ${GOALS[platform].added} µs added in process`, added <= GOALS[platform].added);
  }
  for (const platform of PLATFORMS) {
    const { ratio } = report(`${platform}, on the wire`, await onTheWire(platform));
    judge(`${platform}: at least ${GOALS[platform].rate} of the bare rate on the wire`, ratio >= GOALS[platform].rate);
  }
  process.exit();
}

function judge(goal, met) {
  console.log(`  ${met ? 'met' : 'NOT MET'}: ${goal}`);
}

/** The difference is the median of the rounds' differences: all routes of a round meet the same machine. */
function report(title, { bare, yes, guarded, statements }) {
  const addedBy = (route) => median(route.map((cost, round) => cost - bare[round]));
  const added = addedBy(guarded);
  const ratio = median(guarded.map((cost, round) => bare[round] / cost));
  const sql = statements === undefined ? '' : `, ${statements} SQL statements a round`;
  console.log(
    `${title.padEnd(22)} bare ${median(bare).toFixed(1).padStart(6)} µs, guarded ${median(guarded).toFixed(1).padStart(6)} µs: ` +
      `${added.toFixed(1)} µs added (a guard that only says yes: ${addedBy(yes).toFixed(1)}), bare ÷ guarded ${ratio.toFixed(2)}${sql}`,
  );
  return { added, ratio };
}

async function inProcess(platform) {
  const { app, tokens, statements } = await startApp(platform);
  const ask = (path) => (n) => inProcessRequest(app, 'GET', path, { authorization: `Bearer ${tokens[n % SESSIONS]}` });
  const work = { bare: ask('/bare'), yes: ask('/yes'), guarded: ask('/guarded') };
  const { statusCode } = await work.guarded(0);
  if (statusCode !== 200) throw new Error(`The guarded route answers ${statusCode}.`);
  const costs = noCosts();
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    for (const route of inTurn(round)) {
      const before = process.cpuUsage();
      for (let n = 0; n < REQUESTS; n += 1) await work[route](n);
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) costs[route].push((user + system) / REQUESTS);
    }
  }
  await app.close();
  return { ...costs, statements: (statements() / (ROUNDS + WARM_UP)).toFixed(1) };
}

/** Node's own request and response objects on a socket that goes nowhere: all of the server but its sockets. */
function inProcessRequest(app, method, url, headers, body) {
  const chunks = [];
  const socket = new Duplex({ read() {}, write: (chunk, _encoding, done) => (chunks.push(chunk), done()) });
  const request = Object.assign(new IncomingMessage(socket), { method, url, httpVersion: '1.1', complete: true });
  request.headers = headers;
  request.rawHeaders = Object.entries(headers).flat();
  if (body !== undefined) request.push(body);
  request.push(null);
  const response = new ServerResponse(request);
  response.assignSocket(socket);
  return new Promise((resolve) => {
    response.once('finish', () => {
      const { statusCode } = response;
      resolve({ statusCode, text: body === undefined ? '' : Buffer.concat(chunks).toString().split('\r\n\r\n')[1] });
    });
    app.getHttpServer().emit('request', request, response);
  });
}

async function onTheWire(platform) {
  const server = fork(fileURLToPath(import.meta.url), [ROUNDS, REQUESTS, platform]);
  const [{ port, tokens }] = await once(server, 'message');
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const cpuOfServer = async () => {
    server.send('cpu');
    return (await once(server, 'message'))[0];
  };
  const costs = noCosts();
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    for (const route of inTurn(round)) {
      const before = await cpuOfServer();
      let left = REQUESTS;
      const ask = async () => {
        while ((left -= 1) >= 0) await get(agent, port, `/${route}`, tokens[left % SESSIONS]);
      };
      await Promise.all(Array.from({ length: CONNECTIONS }, ask));
      if (round >= 0) costs[route].push(((await cpuOfServer()) - before) / REQUESTS);
    }
  }
  server.kill();
  return costs;
}

function get(agent, port, path, token) {
  return new Promise((resolve, reject) => {
    const sent = send({ agent, port, path, headers: { authorization: `Bearer ${token}` } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${path} answers ${response.statusCode}.`));
      response.resume().once('end', resolve);
    });
    sent.once('error', reject).end();
  });
}

async function serve(platform) {
  const { app, tokens } = await startApp(platform);
  await app.listen(0, '127.0.0.1');
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send(user + system);
  });
  process.send({ port: app.getHttpServer().address().port, tokens });
}

/** An application whose wallet is replaced: no request that is measured asks it. */
async function startApp(platform) {
  let statements = 0;
  const nothing = () => undefined;
  const logger = { logQuery: () => void (statements += 1), logQueryError: nothing, logQuerySlow: nothing };
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  class AppModule {}
  Reflect.decorate(
    [
      Module({
        imports: [
          TypeOrmModule.forRoot({
            type: 'better-sqlite3',
            driver: require('libsql'),
            database: ':memory:',
            entities: [...VODAPAY_ENTITIES],
            migrations: [...VODAPAY_MIGRATIONS],
            migrationsRun: true,
            logger: { ...logger, logSchemaBuild: nothing, logMigration: nothing, log: nothing },
          }),
          VodaPayModule.forRoot({
            isGlobal: true,
            baseUrl: 'http://127.0.0.1:9',
            clientId: '2021072700000000000001',
            privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }),
            vodapayPublicKey: publicKey.export({ format: 'pem', type: 'spki' }),
            accounts: {
              create: async (_profile, { idempotencyKey }) => ({ id: idempotencyKey }),
              find: async () => ({ state: 'active', missing: [] }),
            },
          }),
        ],
        controllers: [benchController()],
      }),
    ],
    AppModule,
  );
  const adapter = platform === 'fastify' ? [new FastifyAdapter()] : [];
  const app = await NestFactory.create(AppModule, ...adapter, { logger: false });
  await app.init();
  if (platform === 'fastify') await app.getHttpAdapter().getInstance().ready();
  const wallet = app.get(VodaPayInquiryService, { strict: false });
  wallet.applyToken = async (authCode) => ({ accessToken: authCode });
  wallet.inquiryUserInfo = async (userId) => ({ userId, contacts: [], loginIds: [], scopes: ['USER_ID'] });
  const tokens = [];
  for (let n = 0; n < SESSIONS; n += 1) {
    const body = JSON.stringify({ authCode: `21661${String(n).padStart(16, '0')}` });
    const headers = { 'content-type': 'application/json', 'content-length': String(body.length) };
    const answer = await inProcessRequest(app, 'POST', '/login', headers, body);
    tokens.push(JSON.parse(answer.text).token);
  }
  statements = 0;
  return { app, tokens, statements: () => statements };
}

/** Decorated by hand, because node takes no decorators. All routes answer the same. */
function benchController() {
  class BenchController {
    bare() {
      return { ok: true };
    }
    yes() {
      return { ok: true };
    }
    guarded() {
      return { ok: true };
    }
    login(user) {
      return { token: user.session.token };
    }
  }
  const decorate = (name, ...decorators) =>
    Reflect.decorate(
      decorators,
      BenchController.prototype,
      name,
      Object.getOwnPropertyDescriptor(BenchController.prototype, name),
    );
  decorate('bare', Get('bare'));
  decorate('yes', Get('yes'), UseGuards({ canActivate: () => true }));
  decorate('guarded', Get('guarded'), UseGuards(VodaPayAuthGuard));
  VodaPayUser()(BenchController.prototype, 'login', 0);
  decorate(
    'login',
    Post('login'),
    HttpCode(200),
    UseGuards(VodaPayAuthGuard),
    VodaPayAuth({ credentials: ['authCode'] }),
  );
  Reflect.decorate([Controller()], BenchController);
  return BenchController;
}
