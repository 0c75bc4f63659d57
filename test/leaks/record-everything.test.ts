import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { VodaPayError } from '../../libs/vodapay/src/errors/vodapay-error.js';
import { listenOnLoopback } from '../programs/listen-on-loopback.js';
import { findLeaks } from './find-leaks.js';
import { readRecording } from './read-recording.js';

const recording = () => readRecording(process.env['TEST_RECORDING_FOLDER'] ?? '');
const said = (kind: string, text: string): boolean =>
  recording().output.some((entry) => entry.kind === kind && entry.text.includes(text));

const server = createServer((request, response) => {
  const isWallet = request.url?.startsWith('/v2/') ?? false;
  response.statusCode = isWallet ? 500 : 418;
  response.write('{"note":"recorded ');
  response.end(isWallet ? 'wallet","accessToken":"token-of-the-wallet"}' : 'refusal"}');
});
let url: string;
beforeAll(async () => {
  url = `http://127.0.0.1:${await listenOnLoopback(server)}`;
});
afterAll(() => void server.close());

it('a line written to stdout is in the recording', () => {
  process.stdout.write('recorded stdout\n');
  expect(said('stdout', 'recorded stdout')).toBe(true);
});

it('a line of the console is in the recording', () => {
  // oxlint-disable-next-line no-console -- the console is what is tested
  console.info('recorded console', { nested: 'value' });
  expect(said('console', "recorded console { nested: 'value' }")).toBe(true);
});

it("a line given to Nest's logger is in the recording, also when logging is off", () => {
  Logger.overrideLogger(false);
  new Logger('Recorded').debug('recorded log');
  Logger.overrideLogger(['log', 'error', 'warn', 'debug', 'verbose', 'fatal']);
  expect(said('log', 'recorded log')).toBe(true);
});

it('a VodaPayError is in the recording with its cause, also when it is caught, and stays what it was', () => {
  const error = new VodaPayError('VODAPAY_UNREACHABLE', { cause: new Error('recorded cause') });
  expect(said('error', 'recorded cause')).toBe(true);
  expect(error).toBeInstanceOf(VodaPayError);
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe('VodaPayError');
});

it("a refusing HTTP answer is in the recording; the wallet's own answers are not, but their tokens are noted", async () => {
  await fetch(`${url}/me`, { headers: { authorization: 'Bearer the-bearer-of-this-request' } });
  await fetch(`${url}/v2/customers/user/inquiryUserInfo`);
  expect(said('answer', 'recorded refusal')).toBe(true);
  expect(said('answer', 'recorded wallet')).toBe(false);
  expect(recording().secrets).toContainEqual({ kind: 'access token', value: 'token-of-the-wallet' });
  expect(recording().secrets).toContainEqual({ kind: 'bearer', value: 'the-bearer-of-this-request' });
});

it('what a child process writes is in the recording', () => {
  execFileSync(process.execPath, ['-e', 'console.error("recorded child")'], { stdio: 'ignore' });
  expect(said('stderr', 'recorded child')).toBe(true);
});

it('a leak planted in a run of its own is found', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recorded-plant-'));
  const program = `console.log('debug: session ' + 'vps_' + 'x'.repeat(43))`;
  const env = { ...process.env, TEST_RECORDING_FOLDER: folder };
  execFileSync(process.execPath, ['-e', program], { stdio: 'ignore', env });
  expect(findLeaks(readRecording(folder))).toMatchObject([{ saidIn: 'stdout', kind: 'session token' }]);
  rmSync(folder, { recursive: true, force: true });
});
