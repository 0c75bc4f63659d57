import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../programs/free-port.js';

const PROGRAM = fileURLToPath(new URL('../../dist/apps/wallet/main.js', import.meta.url));
const CLIENT_ID = '2026112300000000000001';
const START_DEADLINE_MS = 15_000;

export interface LocalWallet {
  /** What an application needs to sign users in against this wallet. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts the built local wallet as a process of its own, with keys made for this run. */
export async function startLocalWallet(): Promise<LocalWallet> {
  const folder = mkdtempSync(join(tmpdir(), 'local-wallet-'));
  const merchant = makeKeys();
  const wallet = makeKeys();
  writeFileSync(join(folder, 'merchant-public.pem'), merchant.publicKey);
  writeFileSync(join(folder, 'wallet-private.pem'), wallet.privateKey, { mode: 0o600 });
  const [port, controlPort] = [await freePort(), await freePort()];
  const program = spawn(process.execPath, [PROGRAM], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      CONTROL_PORT: String(controlPort),
      WALLET_SLOW_MS: '1000',
      WALLET_CLIENT_ID: CLIENT_ID,
      WALLET_MERCHANT_PUBLIC_KEY_FILE: join(folder, 'merchant-public.pem'),
      WALLET_PRIVATE_KEY_FILE: join(folder, 'wallet-private.pem'),
    },
  });
  const ended = once(program, 'exit');
  const controlUrl = `http://127.0.0.1:${controlPort}`;
  await untilItAnswers(`${controlUrl}/calls`);
  return {
    environment: {
      VODAPAY_BASE_URL: `http://127.0.0.1:${port}`,
      VODAPAY_CLIENT_ID: CLIENT_ID,
      VODAPAY_PRIVATE_KEY: merchant.privateKey,
      VODAPAY_PUBLIC_KEY: wallet.publicKey,
      WALLET_CONTROL_URL: controlUrl,
    },
    stop: async () => {
      program.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function makeKeys(): { readonly privateKey: string; readonly publicKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}

async function untilItAnswers(url: string): Promise<void> {
  const deadline = Date.now() + START_DEADLINE_MS;
  for (;;) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`The local wallet does not answer at ${url}`, { cause: error });
      await wait(50);
    }
  }
}
