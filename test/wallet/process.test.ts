import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../apps/wallet/src/cli/parse-command-line.js';
import { SETTINGS } from '../../apps/wallet/src/cli/settings-table.js';
import { readEnvironment } from '../../apps/wallet/src/environment.js';
import { startWallet } from '../../apps/wallet/src/start-wallet.js';
import { listenOnLoopback } from '../programs/listen-on-loopback.js';
import { APPLY_TOKEN, applyToken, CLIENT_ID, inquire, MERCHANT } from './merchant-client.js';
import { isSigned } from './verify-answer.js';

const MAIN = fileURLToPath(new URL('../../apps/wallet/src/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'wallet-'));
const walletPair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const environment = {
  PORT: '0',
  CONTROL_PORT: '0',
  WALLET_CLIENT_ID: CLIENT_ID,
  WALLET_MERCHANT_PUBLIC_KEY_FILE: write('merchant.txt', MERCHANT.publicKey),
  WALLET_PRIVATE_KEY_FILE: write(
    'wallet.txt',
    walletPair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  ),
  WALLET_STATE_FILE: join(folder, 'state', 'state.json'),
};
afterAll(() => rmSync(folder, { recursive: true }));

describe('The wallet as a program', () => {
  it('prints one line with both addresses, ends on SIGTERM, and knows its tokens after a restart', async () => {
    const first = await start();
    const codes = await fetch(`${first.controlUrl}/codes`, { method: 'POST', body: '{"userId":"lasting"}' });
    const { authCode } = (await codes.json()) as { authCode: string };
    const token = (await applyToken(first.url, authCode)).json['accessToken'];
    expect((await fetch(first.controlUrl)).status).toBe(200);
    expect(await end(first.child, 'SIGTERM')).toBe(0);

    const second = await start();
    expect((await inquire(second.url, token)).json['userInfo']).toMatchObject({ userId: 'lasting' });
    expect((await applyToken(second.url, authCode)).json.result.resultCode).toBe('USED_CODE');
    expect(await end(second.child, 'SIGINT')).toBe(0);
  });

  it('says which port is taken', async () => {
    const server = createServer();
    const port = await listenOnLoopback(server);
    const child = run({ CONTROL_PORT: String(port) });
    const [said, [code]] = await Promise.all([textOf(child.stderr), once(child, 'exit')]);
    expect(said).toBe(
      `The wallet does not start. CONTROL_PORT: port ${port} is in use by another program. Choose another one.\n`,
    );
    expect(code).toBe(1);
    server.close();
  });

  it.each<readonly [string, Record<string, string | undefined>, RegExp]>([
    ['no client id', { WALLET_CLIENT_ID: undefined }, /^WALLET_CLIENT_ID is missing/],
    ['an odd client id', { WALLET_CLIENT_ID: 'a b' }, /^WALLET_CLIENT_ID must be/],
    ['no merchant key', { WALLET_MERCHANT_PUBLIC_KEY_FILE: undefined }, /^WALLET_MERCHANT_PUBLIC_KEY_FILE is missing/],
    ['no such file', { WALLET_PRIVATE_KEY_FILE: join(folder, 'none') }, /^WALLET_PRIVATE_KEY_FILE names a file/],
    [
      'the pairs mixed up',
      { WALLET_MERCHANT_PUBLIC_KEY_FILE: environment.WALLET_PRIVATE_KEY_FILE },
      /^WALLET_MERCHANT_PUBLIC_KEY_FILE is a private key/,
    ],
    [
      'a public key for the private one',
      { WALLET_PRIVATE_KEY_FILE: environment.WALLET_MERCHANT_PUBLIC_KEY_FILE },
      /^WALLET_PRIVATE_KEY_FILE is a public key/,
    ],
    ['an odd port', { PORT: '70000' }, /^PORT must be a whole number/],
    ['equal ports', { PORT: '4444', CONTROL_PORT: '4444' }, /^CONTROL_PORT must differ/],
    ['an unknown encoding', { WALLET_ACCEPT_ENCODINGS: 'base64,hex' }, /^WALLET_ACCEPT_ENCODINGS must list/],
    ['an odd URL', { WALLET_MINI_PROGRAM_URL: 'javascript:1' }, /^WALLET_MINI_PROGRAM_URL must be/],
    ['a users file of no JSON', { WALLET_USERS_FILE: write('a', '{') }, /^WALLET_USERS_FILE is not JSON/],
    ['a user without id', { WALLET_USERS_FILE: write('b', '[{}]') }, /^WALLET_USERS_FILE, user 1: userId/],
  ])('stops at %s with a sentence that begins with the variable', (_, changes, message) => {
    expect(() => readEnvironment({ ...environment, ...changes })).toThrow(message);
  });

  it('starts with nothing but flags, hands out its new key, and stops with a sentence for a wrong one', async () => {
    const flags = [
      ['--client-id', CLIENT_ID],
      ['--merchant-key', environment.WALLET_MERCHANT_PUBLIC_KEY_FILE],
      ['--merchant-key', `9:${write('former.txt', publicPemOf(walletPair.publicKey))}`],
      ['--port', '0'],
      ['--control-port=0'],
      ['--rate-limit', '500/s'],
    ].flat();
    const child = run({}, flags, {});
    const { url, controlUrl } = await addresses(child);
    const settings = (await (await fetch(`${controlUrl}/settings`)).json()) as object;
    expect(settings).toMatchObject({ clientId: CLIENT_ID, rateLimitPerSecond: 500 });
    const publicKey = await (await fetch(`${controlUrl}/public-key`)).text();
    const { authCode } = (await (await fetch(`${controlUrl}/codes?userId=a`, { method: 'POST' })).json()) as {
      authCode: string;
    };
    const answer = await applyToken(url, authCode, {
      key: walletPair.privateKey,
      signatureHeader: (value) => `algorithm=RSA256, keyVersion=9, signature=${value}`,
    });
    expect(isSigned(answer, APPLY_TOKEN, publicKey)).toBe(true);
    expect(await end(child, 'SIGTERM')).toBe(0);
  });

  it('tells a lenient one, without any key, from a strict one', async () => {
    const child = run({}, ['--client-id', CLIENT_ID, '--lenient', '--port', '0', '--control-port', '0'], {});
    const { controlUrl } = await addresses(child);
    expect(await (await fetch(`${controlUrl}/settings`)).json()).toMatchObject({ lenient: true });
    expect(await end(child, 'SIGTERM')).toBe(0);
  });

  it('prints its help: every flag with its variable', async () => {
    const child = run({}, ['--help'], {});
    const [text, [code]] = await Promise.all([textOf(child.stdout), once(child, 'exit')]);
    expect(code).toBe(0);
    expect(text).toMatch(/^A VodaPay wallet for your own machine/);
    for (const { flag, variable } of SETTINGS) expect(text).toMatch(new RegExp(`--${flag}\\b[^]*\\b${variable}\\b`));
  });

  it.each<readonly [string, readonly string[], RegExp]>([
    ['an unknown flag', ['--prot', '1'], /^--prot is no option of this program\. --help lists them/],
    ['a word', ['start'], /^start is no option of this program: options begin with --/],
    ['a flag without its value', ['--port'], /^--port needs a value after it/],
    ['a switch with a value', ['--lenient=yes'], /^--lenient takes no value/],
  ])('stops at %s', (_, args, message) => {
    expect(() => parseCommandLine(args)).toThrow(message);
  });

  it.each<readonly [string, Record<string, string>, RegExp]>([
    ['a port', { PORT: 'x' }, /^--port must be a whole number/],
    [
      'a rate limit',
      { WALLET_RATE_LIMIT: '0' },
      /^--rate-limit must be a whole number of calls a second, as in 100\/s/,
    ],
    ['a users file', { WALLET_USERS_FILE: join(folder, 'none') }, /^--users names a file that cannot be read/],
    [
      'a key version given twice',
      { WALLET_MERCHANT_PUBLIC_KEY_FILE: `2:${join(folder, 'merchant.txt')},2:${join(folder, 'merchant.txt')}` },
      /^--merchant-key names key version 2 twice/,
    ],
  ])('names the flag when %s given by flag is wrong', (_, flags, message) => {
    expect(() => readEnvironment(environment, flags)).toThrow(message);
  });

  it.each<readonly [string, Record<string, string>, RegExp]>([
    ['neither true nor false', { WALLET_LENIENT: 'yes' }, /^WALLET_LENIENT must be true or false/],
    ['an odd rate', { WALLET_RATE_LIMIT: '5/m' }, /^WALLET_RATE_LIMIT must be/],
  ])('stops at a variable that is %s', (_, changes, message) => {
    expect(() => readEnvironment({ ...environment, ...changes })).toThrow(message);
  });

  it('takes an empty variable for one that is not set', () => {
    const read = readEnvironment({ ...environment, WALLET_USERS_FILE: '', WALLET_RATE_LIMIT: '', WALLET_LENIENT: '' });
    expect(read).not.toHaveProperty('usersFile');
    expect(read).not.toHaveProperty('rateLimitPerSecond');
    expect(read.lenient).toBe(false);
  });

  it('reads users from a file', async () => {
    const users = [{ userId: 'mine', about: 'Mine', userInfo: { nickName: null } }];
    const read = readEnvironment({ ...environment, WALLET_USERS_FILE: write('users.json', JSON.stringify(users)) });
    const { stateFile: _stateFile, ...options } = read;
    const wallet = await startWallet({ ...options, port: 0, controlPort: 0 });
    expect(wallet.users.find('mine')).toEqual({
      userId: 'mine',
      about: 'Mine',
      userInfo: { userId: 'mine', nickName: null },
    });
    await wallet.stop();
  });
});

function run(
  changes: Record<string, string> = {},
  args: readonly string[] = [],
  base: Record<string, string> = environment,
): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', MAIN, ...args], { env: { ...process.env, ...base, ...changes } });
}

async function start(): Promise<{ child: ChildProcess; url: string; controlUrl: string }> {
  const child = run();
  return { child, ...(await addresses(child, /^\n$/)) };
}

/** Reads them off the first line that the wallet prints. */
async function addresses(child: ChildProcess, end = /\n/): Promise<{ url: string; controlUrl: string }> {
  const text = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8')));
    child.once('exit', () => reject(new Error('The wallet ended before it listened.')));
  });
  const [, url = '', controlUrl = ''] =
    /^Wallet listening on (http:\S+:\d+), its page and control port on (http:\S+:\d+)/.exec(text) ?? [];
  expect(text.slice(text.indexOf(controlUrl) + controlUrl.length)).toMatch(end);
  return { url, controlUrl };
}

function publicPemOf(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exited = once(child, 'exit');
  child.kill(signal);
  const [code] = (await exited) as [number | null];
  return code;
}

async function textOf(stream: ChildProcess['stderr']): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}
