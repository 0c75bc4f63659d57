// What an answer of the local wallet, as built, costs in CPU, against the bare RSA signature that it cannot do without:
// medians of rounds that take turns, in one run.
//   npm run bench:wallet -- [answers a round, default 5000] [rounds, default 7]
import { fork, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type * as Wallet from '../apps/wallet/src/start-wallet.js';
import { median } from './statistics.mjs';

const built = '../dist/apps/wallet/start-wallet.js';
const { startWallet } = (await import(built)) as typeof Wallet;

const USERS = 10_000;
/** Of the users, those for whom calls are made: every fifth. */
const CALLERS = 2_000;
const SIGNATURES = 1_000;
const SOCKETS = 32;
const WANTED_PER_SECOND = 2_000;
const CLIENT_ID = 'BENCHMARK';
const APPLY_TOKEN = '/v2/authorizations/applyToken';
const INQUIRY = '/v2/customers/user/inquiryUserInfo';

const answers = Number(process.argv[2] ?? 5_000);
const rounds = Number(process.argv[3] ?? 7);
const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 });
const walletKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const wallet = await startWallet({
  clientId: CLIENT_ID,
  merchantPublicKey: merchant.publicKey,
  privateKey: walletKey,
  users: Array.from({ length: USERS }, (_, index) => benchUser(index)),
});

console.log(`${cpus()[0]?.model ?? 'CPU'}, ${cpus().length} cores, Node ${process.version}; RSA-2048, ${USERS} users`);
const requests = await makeRequests(wallet);
const senders = [await startLoad(requests.tokens), await startLoad(requests.inquiries)] as const;
const [exchangers, inquirers] = senders;
const tokenCost = await measure(exchangers, Math.min(answers, CALLERS));
await measure(inquirers, answers);
const [syncRounds, asyncRounds, inquiryRounds]: readonly [number[], number[], Cost[]] = [[], [], []];
for (let round = 0; round < rounds; round += 1) {
  syncRounds.push(await costOfSigning('sync'));
  asyncRounds.push(await costOfSigning('async'));
  inquiryRounds.push(await measure(inquirers, answers));
}
await wallet.stop();
for (const sender of senders) sender.disconnect();
const [syncMicros, asyncMicros] = [median(syncRounds), median(asyncRounds)];
const inquiryCost: Cost = {
  cpuMicros: median(inquiryRounds.map(({ cpuMicros }) => cpuMicros)),
  perSecond: median(inquiryRounds.map(({ perSecond }) => perSecond)),
};

console.log(`bare RSA sign, sync            ${describe(syncMicros)}`);
console.log(`bare RSA sign, async           ${describe(asyncMicros)}`);
console.log(`signed answer, tokens          ${describe(tokenCost.cpuMicros)}   wall ${tokenCost.perSecond}/s`);
console.log(`signed answer, inquiry         ${describe(inquiryCost.cpuMicros)}   wall ${inquiryCost.perSecond}/s`);
console.log(`beside the signature           ${(inquiryCost.cpuMicros - asyncMicros).toFixed(0)} µs CPU an inquiry`);
const limit = Math.min(WANTED_PER_SECOND, 1e6 / asyncMicros);
const binding = limit === WANTED_PER_SECOND ? '2000/s a core' : 'the RSA limit of this machine';
const reached = 1e6 / inquiryCost.cpuMicros;
console.log(
  `${reached >= limit ? 'holds' : `${Math.round((reached / limit) * 100)} % of`} ${binding}: ` +
    `${Math.round(reached)} signed inquiries a second a core, RSA alone allows ${Math.round(1e6 / asyncMicros)}`,
);

function benchUser(index: number): { userId: string; about: string; userInfo: Record<string, unknown> } {
  const userId = `2166100${String(index).padStart(14, '0')}`;
  const contactInfos = [{ contactType: 'EMAIL', contactNo: `user.${index}@example.com` }];
  return {
    userId,
    about: 'Benchmark',
    userInfo: { userId, status: 'ACTIVE', nickName: `User ${index}`, contactInfos },
  };
}

async function costOfSigning(way: 'sync' | 'async'): Promise<number> {
  const signAsync = promisify<string, Buffer, KeyObject, Buffer>(sign);
  const contents = Array.from({ length: SIGNATURES }, () => randomBytes(400));
  const before = process.cpuUsage();
  if (way === 'sync') for (const content of contents) sign('sha256', content, walletKey);
  else await inTurns(contents, (content) => signAsync('sha256', content, walletKey));
  return cpuMicrosSince(before) / SIGNATURES;
}

/** Requests for every user, signed now: they stay fresh for five minutes. */
async function makeRequests({ url }: Wallet.RunningWallet): Promise<Record<'tokens' | 'inquiries', readonly string[]>> {
  const users = Array.from({ length: CALLERS }, (_, index) => benchUser((index * USERS) / CALLERS).userId);
  const codes = users.map((userId) => wallet.issueCode({ userId }));
  const inquiries: string[] = [];
  await inTurns(codes, async (_, index) => {
    const authCode = wallet.issueCode({ userId: users[index] ?? '' });
    const { headers, body } = signed(APPLY_TOKEN, { grantType: 'AUTHORIZATION_CODE', authCode });
    const response = await fetch(url + APPLY_TOKEN, { method: 'POST', headers, body });
    const { accessToken } = (await response.json()) as { readonly accessToken: string };
    inquiries.push(raw(INQUIRY, { authClientId: CLIENT_ID, accessToken }));
  });
  return {
    inquiries,
    tokens: codes.map((authCode) => raw(APPLY_TOKEN, { grantType: 'AUTHORIZATION_CODE', authCode })),
  };
}

function raw(path: string, value: unknown): string {
  const { headers, body } = signed(path, value);
  const lines = Object.entries({ host: '127.0.0.1', ...headers, 'content-length': String(Buffer.byteLength(body)) });
  return `POST ${path} HTTP/1.1\r\n${lines.map(([name, text]) => `${name}: ${text}`).join('\r\n')}\r\n\r\n${body}`;
}

function signed(path: string, value: unknown): { readonly headers: Record<string, string>; readonly body: string } {
  const body = JSON.stringify(value);
  const time = new Date().toISOString();
  const signature = sign('sha256', Buffer.from(`POST ${path}\n${CLIENT_ID}.${time}.${body}`), merchant.privateKey);
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'client-id': CLIENT_ID,
      'request-time': time,
      signature: `algorithm=RSA256, keyVersion=1, signature=${signature.toString('base64')}`,
    },
  };
}

interface Cost {
  readonly cpuMicros: number;
  readonly perSecond: number;
}

async function startLoad(requests: readonly string[]): Promise<ChildProcess> {
  const sender = fork(fileURLToPath(new URL('wallet-load.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
  sender.send({ port: Number(new URL(wallet.url).port), sockets: SOCKETS, requests });
  await once(sender, 'message');
  return sender;
}

/** CPU of this process, its thread pool included, while another one sends. */
async function measure(sender: ChildProcess, count: number): Promise<Cost> {
  const before = process.cpuUsage();
  const startedMs = performance.now();
  sender.send(count);
  const [{ failures }] = (await once(sender, 'message')) as [{ readonly failures: number }];
  if (failures > 0) throw new Error(`${failures} of ${count} answers were no success.`);
  const seconds = (performance.now() - startedMs) / 1000;
  return { cpuMicros: cpuMicrosSince(before) / count, perSecond: Math.round(count / seconds) };
}

async function inTurns<Item>(items: readonly Item[], act: (item: Item, index: number) => Promise<unknown>) {
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) await act(items[index] as Item, index);
  };
  await Promise.all(Array.from({ length: SOCKETS }, work));
}

function cpuMicrosSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function describe(micros: number): string {
  return `${micros.toFixed(0).padStart(5)} µs CPU = ${String(Math.round(1e6 / micros)).padStart(5)}/s a core`;
}
