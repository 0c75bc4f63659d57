import type { KeyObject } from 'node:crypto';
import type { SignatureEncoding } from './check/signature-value.js';
import type { WalletUser } from './users/wallet-user.js';

export interface WalletOptions {
  /** Port of the two operations; default 0, any free one. */
  readonly port?: number;
  /** Port of codes, faults, calls and the page; default 0. It is always on 127.0.0.1. */
  readonly controlPort?: number;
  /** Address of the two operations; default 127.0.0.1. */
  readonly host?: string;
  /** Default `LOCAL-MINI-PROGRAM`. */
  readonly clientId?: string;
  /** PEM or bare base64 DER; without any merchant key the wallet makes a pair and hands out the private key. */
  readonly merchantPublicKey?: string | KeyObject;
  /** The key version under which `merchantPublicKey` is registered; default 1. */
  readonly merchantKeyVersion?: number;
  /** Further keys of the merchant by key version. */
  readonly merchantPublicKeys?: Readonly<Record<number, string | KeyObject>>;
  /** The wallet's own key, PEM or bare base64 DER; default: a new one. */
  readonly privateKey?: string | KeyObject;
  /** The key version that answers name; default 1. */
  readonly publicKeyVersion?: number;
  /** Besides the built-in ones; the same id replaces. */
  readonly users?: readonly WalletUser[];
  /**
   * JSON file with an array of users, `{ "userId", "about"?, "userInfo", "scopes"? }`, followed while the wallet runs: an
   * edit counts from the next call on, an edit that is no users file keeps the last good version. Default: none.
   */
  readonly usersFile?: string;
  /** Encodings of a request's signature that are taken; default standard base64 only. */
  readonly acceptEncodings?: readonly SignatureEncoding[];
  /** Lets requests without valid time and signature through, and signs no answer, as VodaPay's sandbox; default false. */
  readonly lenient?: boolean;
  /** Calls a second beyond which they are answered REQUEST_TRAFFIC_EXCEED_LIMIT, from 1; default: no limit. */
  readonly rateLimitPerSecond?: number;
  /** How long the faults `slow` and `trickle` take, in milliseconds; default 6000. */
  readonly slowMs?: number;
  /** How far Request-Time may lie from the wallet's clock, in milliseconds; default five minutes. */
  readonly skewMs?: number;
  /** What the page shows in its phone; default http://127.0.0.1:3000/. */
  readonly miniProgramUrl?: string;
  /** File in which codes and tokens outlive a restart; default: none. */
  readonly stateFile?: string;
  /** Epoch milliseconds; default the machine's clock. */
  readonly now?: () => number;
  /** Where the wallet says what became of an edit of the users file; default: standard error. */
  readonly report?: (line: string) => void;
}
