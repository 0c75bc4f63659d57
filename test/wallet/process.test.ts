import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '../../apps/wallet/src/environment.js';
import { applyToken, CLIENT_ID, inquire, MERCHANT } from './merchant-client.js';

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
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
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

  it('reads users from a file', () => {
    const users = [{ userId: 'mine', about: 'Mine', userInfo: { nickName: null } }];
    const read = readEnvironment({ ...environment, WALLET_USERS_FILE: write('users.json', JSON.stringify(users)) });
    expect(read.users).toEqual([{ userId: 'mine', about: 'Mine', userInfo: { userId: 'mine', nickName: null } }]);
  });
});

function run(changes: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', MAIN], { env: { ...process.env, ...environment, ...changes } });
}

async function start(): Promise<{ child: ChildProcess; url: string; controlUrl: string }> {
  const child = run();
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8')));
    child.once('exit', () => reject(new Error('The wallet ended before it listened.')));
  });
  const [, url = '', controlUrl = ''] =
    /^Wallet listening on (http:\S+:\d+), its page and control port on (http:\S+:\d+)\n$/.exec(line) ?? [];
  return { child, url, controlUrl };
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
