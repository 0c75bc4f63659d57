// CPU of the wallet client alone (sign, call, verify, read) against one async RSA-2048 signature in the same process.
// `npm run build:lib && node bench/client-cpu.mjs [rounds] [calls]`
import { spawn } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { HttpService } from '@nestjs/axios';
import { Logger } from '@nestjs/common';
import { createHttpClient } from '../libs/vodapay/dist/esm/inquiry/create-http-client.js';
import { VodaPayInquiryService } from '../libs/vodapay/dist/esm/inquiry/vodapay-inquiry.service.js';
import { resolveOptions } from '../libs/vodapay/dist/esm/resolve-options.js';

Logger.overrideLogger(false);
const ROUNDS = Number(process.argv[2] ?? 7);
const CALLS = Number(process.argv[3] ?? 3_000);
const USERS = 200;
const CONCURRENCY = 64;
const clientId = '2021072700000000000001';
const program = fileURLToPath(new URL('presigned-wallet.mjs', import.meta.url));
const wallet = spawn(process.execPath, [program, clientId, String(USERS)], {
  stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
});
const [line] = await once(createInterface({ input: wallet.stdout }), 'line');
const { url: baseUrl, publicKey: vodapayPublicKey } = JSON.parse(line);
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const options = resolveOptions({
  baseUrl,
  clientId,
  privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }),
  vodapayPublicKey,
  accounts: { create: async () => ({ id: '1' }), find: async () => undefined },
  timeoutMs: 60_000,
});
const inquiry = new VodaPayInquiryService(new HttpService(createHttpClient(options)), options, Date.now);
const signAsync = promisify(sign);
const content = Buffer.from('x'.repeat(200));
const WORK = {
  'async RSA-2048 sign': () => signAsync('sha256', content, privateKey),
  'wallet client': (n) => inquiry.inquiryUserInfo(`0000000002BENCH${String(n % USERS).padStart(25, '0')}`),
};
const samples = Object.fromEntries(Object.keys(WORK).map((name) => [name, []]));
for (const work of Object.values(WORK)) await run(work, 1_000);
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, work] of Object.entries(WORK)) samples[name].push(await run(work, CALLS));
}
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const [bound, client] = Object.values(samples);
for (const [name, values] of Object.entries(samples))
  console.log(`${name.padEnd(22)} ${median(values).toFixed(0)} µs CPU`);
console.log(`sign ÷ client: ${median(client.map((value, n) => bound[n] / value)).toFixed(2)}`);
wallet.kill();
process.exit();

/** CPU of this process per call, in microseconds. */
async function run(work, count) {
  const before = process.cpuUsage();
  let next = 0;
  const worker = async () => {
    while (next < count) await work((next += 1));
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}
