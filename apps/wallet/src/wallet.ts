import type { KeyObject } from 'node:crypto';
import type { WalletCall } from './calls/wallet-call.js';
import type { CheckRules } from './check/check-rules.js';
import type { IssuedCode } from './codes/issued-code.js';
import type { FaultPlan } from './faults/fault-plan.js';
import type { Seal } from './faults/fault.js';
import type { EventLog } from './log/event-log.js';
import type { RateLimit } from './rate-limit.js';
import type { TokenStore } from './tokens/token-store.js';
import type { UserDirectory } from './users/user-directory.js';

/** A running wallet's parts, shared by its two ports. */
export interface Wallet {
  readonly now: () => number;
  readonly clientId: string;
  readonly privateKey: KeyObject;
  /** The key version that answers name. */
  readonly publicKeyVersion: number;
  readonly checks: CheckRules;
  readonly users: UserDirectory;
  readonly tokens: TokenStore;
  readonly faults: FaultPlan;
  readonly calls: EventLog<Omit<WalletCall, 'id'>>;
  readonly codes: EventLog<Omit<IssuedCode, 'id'>>;
  /** Undefined: as many calls as the machine can answer. */
  readonly rateLimit: RateLimit | undefined;
  /** How answers are vouched for that no fault spoils. */
  readonly seal: Seal;
  /** How long the fault `slow` waits, in milliseconds. */
  readonly slowMs: number;
  /** Notes a signature that was accepted, for the diagnosis of one that is used twice. */
  readonly noteSignature: (header: string, path: string) => void;
}
