import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWallet, type RunningWallet } from '../../../apps/wallet/src/start-wallet.js';

const CLIENT_ID = '2021072700000000000001';
const USER_ID = '216610000000000000001';
const PROGRAM = fileURLToPath(new URL('client.py', import.meta.url));

let folder: string;
let wallet: RunningWallet;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'client-'));
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(join(folder, 'private.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  wallet = await startWallet({ clientId: CLIENT_ID, merchantPublicKey: publicKey });
  writeFileSync(join(folder, 'wallet.pem'), wallet.publicKey);
});
afterAll(async () => {
  await wallet?.stop();
  rmSync(folder, { recursive: true });
});

interface Told {
  readonly resultStatus: string;
  readonly resultCode: string;
  readonly resultMessage: string;
  readonly verified: boolean;
  readonly userId: string | null;
}

/** Runs the client as a process of its own, while the wallet answers in this one. */
async function run(...mistake: readonly string[]): Promise<Told> {
  const files = [join(folder, 'private.pem'), join(folder, 'wallet.pem')];
  const args = [PROGRAM, wallet.url, CLIENT_ID, ...files, wallet.issueCode({ userId: USER_ID }), ...mistake];
  const stdout = await new Promise<string>((resolve, reject) => {
    execFile('python3', args, (error, output, errors) =>
      error === null ? resolve(output) : reject(new Error(errors, { cause: error })),
    );
  });
  return JSON.parse(stdout) as Told;
}

/** What a merchant does wrong (docs/protocol.md), and the words in which the wallet names it. */
const MISTAKES: readonly (readonly [string, RegExp])[] = [
  [
    'serialises a second time to sign',
    /the body re-serialised with other spacing: the signed text is not the sent text/,
  ],
  ['serialises twice to send', /the body before it was serialised a second time/],
  ['signs the path without its slash', /the path without its leading slash: the signed text is not the sent text/],
  ['uses one set of headers for two calls', /one set of signed headers was used for two calls\. Sign each call anew/],
  ['pastes an offset on', /the time is two hours off .*an offset was pasted on/],
  ['URL-encodes the signature', /The signature came as url-encoded; this wallet takes base64/],
  ['loses the + in form-decoding', /holds a blank: its \+ was lost in form-decoding/],
  ['names a key version that is not registered', /keyVersion 9; known: 1/],
  ['names another authClientId', /authClientId must equal the header Client-Id/],
  ['repeats the call with the same code', /was used before\. Each code counts once/],
  ['calls from the mini program', /came from a browser\. Keys and tokens stay on the merchant's server/],
];

describe('A client in Python and openssl, written from docs/protocol.md alone,', () => {
  it('gets its token and its user, and verifies both answers', async () => {
    expect(await run()).toMatchObject({ resultCode: 'SUCCESS', verified: true, userId: USER_ID });
  });

  it.each(MISTAKES)('that %s is told so', async (mistake, says) => {
    const told = await run(mistake);
    expect(told.resultMessage).toMatch(says);
    expect([told.resultStatus, told.userId]).toEqual(['F', null]);
  });

  it('that verifies with its own key finds no answer signed', async () => {
    expect(await run('verifies with the own key')).toMatchObject({ resultCode: 'SUCCESS', verified: false });
  });
});
