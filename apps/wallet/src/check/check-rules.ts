import type { KeyObject } from 'node:crypto';
import type { SignatureEncoding } from './signature-value.js';

/** What the wallet holds requests against. */
export interface CheckRules {
  readonly clientId: string;
  /** The merchant's registered public keys by key version. */
  readonly merchantKeys: ReadonlyMap<number, KeyObject>;
  /** Only to tell a merchant who mixed up the pairs. */
  readonly walletPublicKey: KeyObject;
  readonly acceptEncodings: ReadonlySet<SignatureEncoding>;
  /** Lets through what has no valid time and signature, as VodaPay's sandbox does. */
  readonly lenient: boolean;
  /** How far Request-Time may lie from the wallet's clock, in milliseconds. */
  readonly skewMs: number;
  /** Where a signature that was accepted lately was sent to, if it was. */
  readonly acceptedBefore: (signature: Buffer) => string | undefined;
}
