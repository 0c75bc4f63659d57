import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { startWallet, type RunningWallet } from '../../apps/wallet/src/start-wallet.js';
import { recordSecret } from '../leaks/record-secret.js';
import { freePort } from '../programs/free-port.js';
import { newKeys } from '../sample/keys.js';

const PROGRAM = fileURLToPath(new URL('programs/run-quick-start.mjs', import.meta.url));
const DOCUMENT = readFileSync(new URL('../../docs/quick-start.md', import.meta.url), 'utf8');
const execute = promisify(execFile);

it(
  "the quick start by hand signs in, and again, with the document's own lines for the shell",
  { timeout: 60_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'quick-start-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const wallet = await startWalletOf(folder);
    onTestFinished(() => wallet.stop());
    const port = await freePort();
    const here = (line: string): string =>
      line
        .replaceAll('http://127.0.0.1:4000', wallet.url)
        .replaceAll('http://127.0.0.1:4001', wallet.controlUrl)
        .replaceAll('127.0.0.1:3100', `127.0.0.1:${port}`);
    const [, start = '', signIn = ''] = shellBlocksOfTheQuickStart();
    const app = runIn(folder, here(start).replace('npm run start', `exec node '${PROGRAM}'`), port);
    onTestFinished(() => end(app));
    await started(app);

    const first = await say(here(signIn));
    const second = await say(here(signIn));
    const me = await fetch(`http://127.0.0.1:${port}/me`, { headers: { authorization: `Bearer ${second.token}` } });

    expect([first.outcome, second.outcome]).toEqual(['created', 'existing']);
    expect(second.expiresAt).toBeGreaterThan(Date.now());
    expect(me.status).toBe(200);
    expect(await me.json()).toEqual({ accountId: expect.any(String), vodaPayUserId: '216610000000000000001' });
  },
);

/** What to install, how to start, how to sign in. */
function shellBlocksOfTheQuickStart(): readonly string[] {
  const [, section = ''] = DOCUMENT.split('## By hand\n');
  return [...(section.split('\n## ')[0] ?? '').matchAll(/```bash\n([\s\S]*?)```/g)].map((block) => block[1] ?? '');
}

/** A wallet whose keys lie in that folder. */
async function startWalletOf(folder: string): Promise<RunningWallet> {
  const merchant = newKeys();
  const wallet = await startWallet({ clientId: 'SAMPLE-MINI-PROGRAM', merchantPublicKey: merchant.publicKey });
  writeFileSync(join(folder, 'merchant-private-key.pem'), recordSecret('private key', merchant.privateKey));
  writeFileSync(join(folder, 'wallet-public-key.pem'), wallet.publicKey);
  return wallet;
}

function runIn(folder: string, script: string, port: number): ChildProcess {
  const env = { ...process.env, KEYS: folder, PORT: String(port) };
  return spawn('sh', ['-ec', script], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
}

async function say(line: string): Promise<{ token: string; expiresAt: number; outcome: string }> {
  const { stdout } = await execute('sh', ['-ec', line]);
  const answer = JSON.parse(stdout) as { token: string; expiresAt: number; outcome: string };
  return { ...answer, token: recordSecret('session token', answer.token) };
}

/** Resolves when Nest says that the application runs. */
async function started({ stdout }: ChildProcess): Promise<void> {
  if (stdout === null) throw new Error('The output of the quick start is not read.');
  const lines: string[] = [];
  for await (const line of createInterface({ input: stdout })) {
    lines.push(line);
    if (line.includes('successfully started')) return void stdout.resume();
  }
  throw new Error(`The quick start has ended:\n${lines.join('\n')}`);
}

async function end(app: ChildProcess): Promise<void> {
  if (app.exitCode !== null) return;
  const ended = once(app, 'exit');
  app.kill();
  await ended;
}
