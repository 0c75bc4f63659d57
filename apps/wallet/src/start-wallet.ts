import type { KeyObject } from 'node:crypto';
import { walletListener } from './answer/wallet-listener.js';
import { assembleWallet, type AssembledWallet } from './assemble-wallet.js';
import type { WalletCall } from './calls/wallet-call.js';
import { issueCode, type CodeRequest } from './codes/issue-code.js';
import { controlListener } from './control/control-listener.js';
import type { FaultPlan } from './faults/fault-plan.js';
import { Listener } from './listener.js';
import { publicPem } from './protocol/parse-key.js';
import type { UserDirectory } from './users/user-directory.js';
import type { WalletOptions } from './wallet-options.js';
import type { Wallet } from './wallet.js';

export type { WalletOptions } from './wallet-options.js';

export interface RunningWallet {
  readonly url: string;
  readonly controlUrl: string;
  readonly clientId: string;
  /** The wallet's public key, PEM (SPKI): what the merchant verifies answers with. */
  readonly publicKey: string;
  /** PEM (PKCS#8), when no merchant key was given: what the merchant then signs its requests with. */
  readonly merchantPrivateKey?: string;
  /** Who there is; `put` adds a user, or replaces one, from the next call on. */
  readonly users: Pick<UserDirectory, 'list' | 'find' | 'search' | 'put' | 'problem'>;
  /** The fault rules; `add` throws a TypeError when a rule can never apply, and gives the id that `remove` takes. */
  readonly faults: Pick<FaultPlan, 'add' | 'remove' | 'clear' | 'list'>;
  /** The last 500 calls, oldest first. */
  readonly calls: readonly WalletCall[];
  issueCode(request: CodeRequest): string;
  revoke(userId: string): void;
  expire(userId: string): void;
  stop(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';

/** Starts the wallet on its two ports. A wrong option is a TypeError that names it. */
export async function startWallet(options: WalletOptions = {}): Promise<RunningWallet> {
  const assembled = assembleWallet(options);
  const stopping = new AbortController();
  try {
    const { calls, control } = await openPorts(options, assembled.wallet, stopping.signal);
    const stop = async (): Promise<void> => {
      stopping.abort();
      await Promise.all([calls.close(), control.close()]);
      assembled.letGo();
      assembled.saveState();
    };
    return describe(assembled, calls.url, control.url, stop);
  } catch (error) {
    assembled.letGo();
    throw error;
  }
}

interface OpenPorts {
  readonly calls: Listener;
  readonly control: Listener;
}

async function openPorts(options: WalletOptions, wallet: Wallet, stopping: AbortSignal): Promise<OpenPorts> {
  const address = { host: options.host ?? LOOPBACK, port: options.port ?? 0 };
  const calls = await Listener.open(address, walletListener(wallet, stopping));
  const settings = { walletUrl: calls.url, miniProgramUrl: options.miniProgramUrl ?? 'http://127.0.0.1:3000/' };
  const controlAddress = { host: LOOPBACK, port: options.controlPort ?? 0 };
  try {
    return { calls, control: await Listener.open(controlAddress, controlListener(wallet, settings, stopping)) };
  } catch (error) {
    await calls.close();
    throw error;
  }
}

function describe(
  { wallet, merchantPrivateKey }: AssembledWallet,
  url: string,
  controlUrl: string,
  stop: () => Promise<void>,
): RunningWallet {
  return {
    url,
    controlUrl,
    clientId: wallet.clientId,
    publicKey: publicPem(wallet.checks.walletPublicKey),
    ...(merchantPrivateKey !== undefined && { merchantPrivateKey: privatePem(merchantPrivateKey) }),
    users: wallet.users,
    faults: wallet.faults,
    get calls() {
      return wallet.calls.list();
    },
    issueCode: (request) => issueCode(wallet, request),
    revoke: (userId) => wallet.tokens.revoke(userId),
    expire: (userId) => wallet.tokens.expire(userId),
    stop,
  };
}

function privatePem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
