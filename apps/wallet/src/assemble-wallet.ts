import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { FaultPlan } from './faults/fault-plan.js';
import { EventLog } from './log/event-log.js';
import { registerMerchantKeys } from './merchant-keys.js';
import { parsePrivateKey } from './protocol/parse-key.js';
import { RateLimit } from './rate-limit.js';
import { RecentSignatures } from './recent-signatures.js';
import { StateFile } from './tokens/state-file.js';
import { TokenStore } from './tokens/token-store.js';
import { UserDirectory } from './users/user-directory.js';
import { UsersFile } from './users/users-file.js';
import type { WalletOptions } from './wallet-options.js';
import type { Wallet } from './wallet.js';

export interface AssembledWallet {
  readonly wallet: Wallet;
  /** The private key that the wallet made for a merchant who gave no key. */
  readonly merchantPrivateKey: KeyObject | undefined;
  readonly saveState: () => void;
  /** No longer follows its files. */
  readonly letGo: () => void;
}

const DEFAULT_CLIENT_ID = 'LOCAL-MINI-PROGRAM';

/** The wallet's parts from its options, before it listens. A wrong option is a TypeError that names it. */
export function assembleWallet(options: WalletOptions): AssembledWallet {
  const now = options.now ?? Date.now;
  const clientId = options.clientId ?? DEFAULT_CLIENT_ID;
  const privateKey = readPrivateKey(options.privateKey);
  const walletPublicKey = createPublicKey(privateKey);
  const merchant = registerMerchantKeys(options, walletPublicKey);
  const signatures = new RecentSignatures();
  const stateFile = options.stateFile === undefined ? undefined : new StateFile(options.stateFile);
  const tokens: TokenStore = new TokenStore(now, stateFile?.load(), () => stateFile?.saveSoon(() => tokens.state()));
  const users = new UserDirectory(options.users ?? []);
  const lenient = options.lenient ?? false;
  const wallet: Wallet = {
    now,
    clientId,
    privateKey,
    publicKeyVersion: options.publicKeyVersion ?? 1,
    checks: {
      clientId,
      merchantKeys: merchant.keys,
      walletPublicKey,
      acceptEncodings: new Set(options.acceptEncodings ?? ['base64']),
      lenient,
      skewMs: options.skewMs ?? 300_000,
      acceptedBefore: (signature) => signatures.pathOf(signature),
    },
    users,
    tokens,
    faults: new FaultPlan(),
    calls: new EventLog(),
    codes: new EventLog(),
    rateLimit: readRateLimit(options.rateLimitPerSecond),
    seal: lenient ? { signature: 'none', bare: true } : { signature: 'valid' },
    slowMs: options.slowMs ?? 6000,
    noteSignature: (header, path) => signatures.note(header, path),
  };
  const usersFile = openUsersFile(options, users);
  return {
    wallet,
    merchantPrivateKey: merchant.privateKey,
    saveState: () => stateFile?.saveNow(tokens.state()),
    letGo: () => usersFile?.close(),
  };
}

function readPrivateKey(given: string | KeyObject | undefined): KeyObject {
  if (given === undefined) return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  return typeof given === 'string' ? parsePrivateKey(given, 'privateKey') : given;
}

function readRateLimit(perSecond: number | undefined): RateLimit | undefined {
  if (perSecond === undefined) return undefined;
  if (Number.isFinite(perSecond) && perSecond >= 1) return new RateLimit(perSecond);
  throw new TypeError(`rateLimitPerSecond must be a number from 1, came ${perSecond}.`);
}

function openUsersFile({ usersFile, report }: WalletOptions, users: UserDirectory): UsersFile | undefined {
  if (usersFile === undefined) return undefined;
  const file = new UsersFile(usersFile, users, report ?? ((line) => console.error(line)));
  file.open();
  return file;
}
