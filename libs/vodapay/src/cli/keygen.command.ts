import { generateKeyPair } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Command, ExitCode } from './command.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

const PRIVATE_KEY = 'merchant-private-key.pem';
const PUBLIC_KEY = 'merchant-public-key.pem';

/** Makes the merchant's pair, RSA-2048. Overwrites nothing. */
export const keygen: Command = {
  says: "makes the merchant's pair of keys, RSA-2048, and says which half goes where",
  options: { out: { value: 'folder', says: 'where the two files go; default: the current folder' } },
  run: async ({ out = '.' }, terminal) => makePair(String(out), terminal),
};

async function makePair(folder: string, terminal: Terminal): Promise<ExitCode> {
  const pair = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const [privateFile, publicFile] = [join(folder, PRIVATE_KEY), join(folder, PUBLIC_KEY)];
  await mkdir(folder, { recursive: true });
  await writeNew(privateFile, pair.privateKey, 0o600);
  await writeNew(publicFile, pair.publicKey, 0o644);
  terminal.out(`${privateFile}  stays on your server, in no repository: VODAPAY_PRIVATE_KEY_FILE names it.`);
  terminal.out(`${publicFile}   goes to VodaPay: register it for your client id, and note the key version it gets.`);
  terminal.out(
    "VODAPAY_PUBLIC_KEY is neither of them: it is VodaPay's own key, from VodaPay's portal. Then: nestjs-vodapay doctor",
  );
  return 0;
}

async function writeNew(file: string, text: string, mode: number): Promise<void> {
  try {
    await writeFile(file, text, { mode, flag: 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code !== 'EEXIST') throw new TypeError(`${file} cannot be written (${code}).`, { cause: error });
    throw new UsageError(`${file} is there already, and is not overwritten. Give another folder with --out.`);
  }
}
