import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { walletListener } from './answer/wallet-listener.js';
import { CallLog, type WalletCall } from './calls/call-log.js';
import type { SignatureEncoding } from './check/signature-value.js';
import { controlListener } from './control/control-listener.js';
import { FaultPlan } from './faults/fault-plan.js';
import { issueCode, type CodeRequest } from './issue-code.js';
import { Listener } from './listener.js';
import { parsePrivateKey, parsePublicKey, publicPem } from './protocol/parse-key.js';
import { RecentSignatures } from './recent-signatures.js';
import { StateFile } from './tokens/state-file.js';
import { TokenStore } from './tokens/token-store.js';
import { UserDirectory } from './users/user-directory.js';
import type { WalletUser } from './users/wallet-user.js';
import type { Wallet } from './wallet.js';

export interface WalletOptions {
  /** Port of the two operations; default 0, any free one. */
  readonly port?: number;
  /** Port of codes, faults, calls and the page; default 0. It is always on 127.0.0.1. */
  readonly controlPort?: number;
  /** Address of the two operations; default 127.0.0.1. */
  readonly host?: string;
  readonly clientId: string;
  /** PEM or bare base64 DER. */
  readonly merchantPublicKey: string | KeyObject;
  /** The key version under which the merchant's key is registered; default 1. */
  readonly merchantKeyVersion?: number;
  /** The wallet's own key, PEM or bare base64 DER; default: a new one. */
  readonly privateKey?: string | KeyObject;
  /** The key version that answers name; default 1. */
  readonly publicKeyVersion?: number;
  /** Besides the built-in ones; the same id replaces. */
  readonly users?: readonly WalletUser[];
  /** Encodings of a request's signature that are taken; default standard base64 only. */
  readonly acceptEncodings?: readonly SignatureEncoding[];
  /** How long the fault `slow` waits, in milliseconds; default 6000. */
  readonly slowMs?: number;
  /** How far Request-Time may lie from the wallet's clock, in milliseconds; default five minutes. */
  readonly skewMs?: number;
  /** What the page shows in its phone; default http://127.0.0.1:3000/. */
  readonly miniProgramUrl?: string;
  /** File in which codes and tokens outlive a restart; default: none. */
  readonly stateFile?: string;
  /** Epoch milliseconds; default the machine's clock. */
  readonly now?: () => number;
}

export interface RunningWallet {
  readonly url: string;
  readonly controlUrl: string;
  /** The wallet's public key, PEM (SPKI): what the merchant verifies answers with. */
  readonly publicKey: string;
  /** The last 500 calls, oldest first. */
  readonly calls: readonly WalletCall[];
  issueCode(request: CodeRequest): string;
  revoke(userId: string): void;
  expire(userId: string): void;
  stop(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';

/** Starts the wallet on its two ports. A wrong option is a TypeError that names it. */
export async function startWallet(options: WalletOptions): Promise<RunningWallet> {
  const { wallet, saveState } = assembleWallet(options);
  const miniProgramUrl = options.miniProgramUrl ?? 'http://127.0.0.1:3000/';
  const stopping = new AbortController();
  const { signal } = stopping;
  const calls = await Listener.open(
    { host: options.host ?? LOOPBACK, port: options.port ?? 0 },
    walletListener(wallet, signal),
  );
  const settings = { walletUrl: calls.url, miniProgramUrl };
  const control = await openOrClose(calls, () =>
    Listener.open(
      { host: LOOPBACK, port: options.controlPort ?? 0 },
      controlListener(wallet, () => settings, signal),
    ),
  );
  return {
    url: calls.url,
    controlUrl: control.url,
    publicKey: publicPem(wallet.checks.walletPublicKey),
    get calls() {
      return wallet.calls.list();
    },
    issueCode: (request) => issueCode(wallet, request),
    revoke: (userId) => wallet.tokens.revoke(userId),
    expire: (userId) => wallet.tokens.expire(userId),
    stop: async () => {
      stopping.abort();
      await Promise.all([calls.close(), control.close()]);
      saveState();
    },
  };
}

function assembleWallet(options: WalletOptions): { readonly wallet: Wallet; readonly saveState: () => void } {
  const now = options.now ?? Date.now;
  const privateKey = readPrivateKey(options.privateKey);
  const walletPublicKey = createPublicKey(privateKey);
  const merchantKey = readPublicKey(options.merchantPublicKey);
  if (merchantKey.equals(walletPublicKey)) {
    throw new TypeError("merchantPublicKey belongs to the wallet's own private key; the merchant has another pair.");
  }
  const signatures = new RecentSignatures();
  const stateFile = options.stateFile === undefined ? undefined : new StateFile(options.stateFile);
  const tokens: TokenStore = new TokenStore(now, stateFile?.load(), () => stateFile?.saveSoon(() => tokens.state()));
  const wallet: Wallet = {
    now,
    clientId: options.clientId,
    privateKey,
    publicKeyVersion: options.publicKeyVersion ?? 1,
    checks: {
      clientId: options.clientId,
      merchantKeys: new Map([[options.merchantKeyVersion ?? 1, merchantKey]]),
      walletPublicKey,
      acceptEncodings: new Set(options.acceptEncodings ?? ['base64']),
      skewMs: options.skewMs ?? 300_000,
      acceptedBefore: (signature) => signatures.pathOf(signature),
    },
    users: new UserDirectory(options.users ?? []),
    tokens,
    faults: new FaultPlan(),
    calls: new CallLog(),
    slowMs: options.slowMs ?? 6000,
    noteSignature: (header, path) => signatures.note(header, path),
  };
  return { wallet, saveState: () => stateFile?.saveNow(tokens.state()) };
}

function readPrivateKey(given: string | KeyObject | undefined): KeyObject {
  if (given === undefined) return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  return typeof given === 'string' ? parsePrivateKey(given, 'privateKey') : given;
}

function readPublicKey(given: string | KeyObject): KeyObject {
  return typeof given === 'string' ? parsePublicKey(given, 'merchantPublicKey') : given;
}

async function openOrClose(first: Listener, open: () => Promise<Listener>): Promise<Listener> {
  try {
    return await open();
  } catch (error) {
    await first.close();
    throw error;
  }
}
