import type { KeyObject } from 'node:crypto';
import type { RedisSource } from './coordination/redis-source.js';
import type { ResiliencePolicy } from './inquiry/resilience/resilience-policy.js';
import type { AccountDirectory } from './linking/account-directory.js';
import type { LinkingPolicy } from './linking/decide-link.js';
import type { LinkNotifier } from './linking/link-notifier.js';
import type { LinkProofSender } from './linking/proof/link-proof-sender.js';
import type { ProfileSyncPolicy } from './linking/synced-profile.js';
import type { ResponseSignaturePolicy } from './protocol/answer-policy.js';
import type { SignatureEncoding } from './protocol/signature-encoding.js';
import type { Signer } from './protocol/signer.js';
import type { SecretBox } from './session/secret-box.js';

/** VodaPay's published hosts. */
export const VODAPAY_HOSTS = Object.freeze({
  sandbox: 'https://vodapay-gateway.sandbox.vfs.africa',
  production: 'https://gateway.vodapay.vodacom.co.za',
});

export type VodaPayEnvironment = keyof typeof VODAPAY_HOSTS;

/** What the operator configures. Everything wrong here stops start-up with a `TypeError` that names the option. */
export interface VodaPayModuleOptions {
  /** VodaPay's host by name. Give this or `baseUrl`. */
  readonly environment?: VodaPayEnvironment;
  /** The wallet's origin, `https://host[:port]`, no path; plain http for loopback addresses only. */
  readonly baseUrl?: string;
  /** The mini program's client id, 1-32 printable ASCII characters. */
  readonly clientId: string;
  /**
   * The merchant's RSA private key, at least 2048 bits: PEM (PKCS#8, PKCS#1), or base64 DER. Literal `\n` is accepted.
   * Give this or `signer`.
   */
  readonly privateKey?: string;
  /** Which registered key signs. Integer from 1. Default 1. */
  readonly keyVersion?: number;
  /**
   * Signs in the place of `privateKey`: for a key in an HSM or key service, or one that is swapped at run time
   * (`PrivateKeySigner`). `session.sealingKeys` must be given with it.
   */
  readonly signer?: Signer;
  /**
   * VodaPay's RSA public key, at least 2048 bits: PEM (SPKI, PKCS#1), or base64 DER. Not the merchant's own. Give this,
   * `vodapayPublicKeys` or `keys`.
   */
  readonly vodapayPublicKey?: string;
  /** The version under which VodaPay signs with that key. Integer from 1. Default 1. */
  readonly vodapayPublicKeyVersion?: number;
  /** Several of VodaPay's public keys by key version, while VodaPay changes from one to the next. */
  readonly vodapayPublicKeys?: Readonly<Record<number, string>>;
  /**
   * Tells VodaPay's public keys by key version. Asked when an answer names a version that isn't known, at most once a
   * minute, for at most 10 seconds; what it tells replaces what it told before. The keys given above always count.
   */
  readonly keys?: () => Promise<Readonly<Record<number, string>>>;
  /** The merchant's accounts. */
  readonly accounts: AccountDirectory | AccountDirectory<number>;
  /** Identity namespace, 1-128 printable ASCII characters. Default `<environment or host>:<client id>`. */
  readonly namespace?: string;
  /** How the signature of a request is written. Default `base64`. */
  readonly signatureEncoding?: SignatureEncoding;
  /** Default `required-on-success`. `off` is refused against the production host. */
  readonly responseSignature?: ResponseSignaturePolicy;
  /** Allowed distance of `Response-Time` from this server's clock, in milliseconds, 1 000-3 600 000. Default 300 000. */
  readonly responseTimeToleranceMs?: number;
  /**
   * Deadline of a whole wallet operation with its waits and retries, in milliseconds, 100-120 000; a login by auth code is
   * two operations. Default 5 000.
   */
  readonly timeoutMs?: number;
  /** Attempts in all of a call that may be repeated, 1-10. Default 3. */
  readonly maxAttempts?: number;
  /** Largest answer in bytes, 1 024-16 777 216. Default 1 048 576. */
  readonly maxResponseBytes?: number;
  readonly http?: {
    /**
     * What carries the calls to the wallet: `node` (node:https) or `undici`, which costs less CPU and needs the package
     * undici, 7 or 8. Both keep to the same options. Default `node`.
     */
    readonly transport?: 'node' | 'undici';
  };
  /** TLS with the wallet, or with what stands in its place. The wallet's certificate is always verified. */
  readonly tls?: {
    /** Certificates of the authorities to trust in the place of Node's own, PEM. Default: Node's own. */
    readonly ca?: string | readonly string[];
    /** The client certificate, PEM; `key` belongs to it. */
    readonly cert?: string;
    /** The client certificate's private key, PEM. */
    readonly key?: string;
    /** What that key is encrypted with. */
    readonly passphrase?: string;
  };
  /** How calls are repeated, bounded, slowed down and paused; docs/resilience.md defends each default. */
  readonly resilience?: {
    /** Longest wait before the first repetition, in milliseconds, 1-10 000; it doubles with each. Default 100. */
    readonly retryBaseMs?: number;
    /** The same after a traffic limit, in milliseconds, 1-10 000. Default 1 000. */
    readonly throttledRetryBaseMs?: number;
    /** Longest wait before any repetition, also where `Retry-After` asks for more, in milliseconds, 1-60 000. Default 2 000. */
    readonly retryCapMs?: number;
    /** Repetitions that may be made before any success earns new ones (ten earn one), 0-10 000. Default 20. */
    readonly retryBudget?: number;
    /** Share of operations that fail at which the circuit opens, 0.01-1. Default 0.5. */
    readonly circuitFailureRatio?: number;
    /** Operations within the window below which it stays closed, 1-10 000. Default 20. */
    readonly circuitMinimumCalls?: number;
    /** The window in which operations count, in milliseconds, 1 000-600 000. Default 10 000. */
    readonly circuitWindowMs?: number;
    /** How often an open circuit lets one call out to see, in milliseconds, 100-600 000. Default 5 000. */
    readonly circuitProbeEveryMs?: number;
    /** Calls that are out at once, and connections, 1-1 024; a quarter is kept for revalidations. Default 128. */
    readonly maxConnections?: number;
    /**
     * Calls that wait for a connection at most, 0-100 000; beyond, VODAPAY_CALL_QUEUE_FULL, as for a call that the line
     * would not serve within its deadline. Default 2 000.
     */
    readonly maxWaiting?: number;
    /** Throttled calls within 10 seconds from which calls are slowed down, 1-10 000. Default 10. */
    readonly slowDownAfter?: number;
    /** Longest wait for a turn while slowed down, in milliseconds, 0-10 000; beyond, refused. Default 1 000. */
    readonly slowDownMaxWaitMs?: number;
    /** How long the lowered rate is held before it grows again, in milliseconds, 1 000-600 000. Default 10 000. */
    readonly slowDownHoldMs?: number;
    /**
     * How long an auth code or access token that VodaPay refused by a signed answer is refused without asking again, in
     * milliseconds, 0-600 000. Default 10 000.
     */
    readonly refusalsKeptMs?: number;
  };
  /** What several processes share besides the database; whatever happens to it costs speed and nothing else. */
  readonly coordination?: {
    /**
     * `redis://…` or `rediss://…`, or an ioredis client (no Cluster), whose settings are taken for connections of the library's own.
     * Give it to all processes or to none. Needs the package ioredis. Default: each process for itself.
     */
    readonly redis: string | RedisSource;
  };
  /** Which credentials a guarded route takes besides the session token. */
  readonly credentials?: {
    /** Whether a raw VodaPay access token counts as bearer. It belongs on the server, so: default false. */
    readonly accessToken?: boolean;
  };
  readonly linking?: {
    /**
     * What the first login of an unknown user does: `create` an account, `ask` for proof where an account may be hers,
     * or `existing-only`: never create, link by a link code. Default `create`.
     */
    readonly policy?: LinkingPolicy;
    /** Sends the one-time codes that prove an account. Needed by the policy `ask`, with `AccountDirectory.findCandidates`. */
    readonly proofSender?: LinkProofSender | LinkProofSender<number>;
    /** Tells the owner of an account of each link that is made, moved or removed. Default: nobody is told. */
    readonly notifier?: LinkNotifier;
    /** The merchant's name in the message that carries a code, 1-64 characters. Default: the client id. */
    readonly merchantName?: string;
    /** How old a sign-in may be that unlinks or moves, in milliseconds, 1 000-86 400 000. Default 300 000. */
    readonly recentSignInMs?: number;
    /** How long link events are kept, in milliseconds, 86 400 000-3 153 600 000 000. Default 31 536 000 000 (a year). */
    readonly eventRetentionMs?: number;
    /**
     * When VodaPay's names, avatar, gender, birth date and nationality reach the account: `never`, `on-create` with
     * `AccountDirectory.create`, or `on-login` too, for which `AccountDirectory.updateProfile` is needed. Default `on-create`.
     */
    readonly profileSync?: ProfileSyncPolicy;
  };
  /**
   * Whether a login opens a session. With `false` the principal of a login has none, session tokens are refused
   * everywhere, and the wallet's tokens are not kept. Default true.
   */
  readonly sessions?: boolean;
  readonly session?: {
    /** Absolute lifetime of a session in milliseconds, 60 000-31 536 000 000. Default 2 592 000 000 (30 days). */
    readonly lifetimeMs?: number;
    /** Age at which a session asks the wallet again, in milliseconds, from 0. Default 300 000. */
    readonly revalidateAfterMs?: number;
    /** How long a due session serves on while the wallet can't answer, in milliseconds; 0 is strict. Default 3 600 000. */
    readonly staleIfErrorMs?: number;
    /**
     * How long an unused session lives, to the minute, in milliseconds, 60 000-31 536 000 000; as long as `lifetimeMs` it
     * never counts. Default 604 800 000 (7 days).
     */
    readonly idleMs?: number;
    /** Sessions that an account may have, 1-1 000; a further sign-in ends the oldest. Unless given there is no such limit. */
    readonly maxPerAccount?: number;
    /**
     * How long a session read from the database serves without being read again, in milliseconds, 0-1 000; ten seconds
     * while `coordination` tells of every session that ends. Default 1 000.
     */
    readonly cacheMs?: number;
    /**
     * `id:base64,…`: 32-byte AES keys, the first seals, all open. Unless given, a key derived from the private key seals
     * (HKDF-SHA256).
     */
    readonly sealingKeys?: string;
    /**
     * The merchant's former private keys, the newest first: what was sealed with a key derived from one of them still
     * opens. Add the old key here when you rotate `privateKey`, until `resealAll` has run.
     */
    readonly previousPrivateKeys?: readonly string[];
    /** Seals in the place of AES-256-GCM under these keys: a key service. */
    readonly secretBox?: SecretBox;
  };
}

/** The options after start-up: complete, keys parsed, frozen. */
export interface ResolvedVodaPayOptions {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly namespace: string;
  readonly signer: Signer;
  readonly vodapayPublicKeys: ReadonlyMap<number, KeyObject>;
  /** Asks the source of keys. Rejects with a TypeError of ours when what it tells is no ring of keys. */
  readonly loadVodaPayKeys?: () => Promise<ReadonlyMap<number, KeyObject>>;
  readonly accounts: AccountDirectory<string | number>;
  readonly signatureEncoding: SignatureEncoding;
  readonly responseSignature: ResponseSignaturePolicy;
  readonly responseTimeToleranceMs: number;
  readonly timeoutMs: number;
  readonly maxAttempts: number;
  readonly maxResponseBytes: number;
  readonly resilience: ResiliencePolicy;
  readonly http: { readonly transport: 'node' | 'undici' };
  readonly tls?: {
    readonly ca?: string[];
    readonly cert?: string;
    readonly key?: string;
    readonly passphrase?: string;
  };
  readonly coordination?: { readonly redis: string | RedisSource };
  readonly credentials: { readonly accessToken: boolean };
  readonly linking: {
    readonly policy: LinkingPolicy;
    readonly proofSender?: LinkProofSender<string | number>;
    readonly merchantName: string;
    readonly notifier?: LinkNotifier;
    readonly recentSignInMs: number;
    readonly eventRetentionMs: number;
    readonly profileSync: ProfileSyncPolicy;
  };
  /** For keyed hashes of what may not be stored or logged itself; derived from the oldest private key that is known. */
  readonly correlationKey: KeyObject;
  readonly sessions: boolean;
  readonly session: {
    readonly lifetimeMs: number;
    readonly idleMs: number;
    readonly maxPerAccount?: number;
    readonly cacheMs: number;
    readonly revalidateAfterMs: number;
    readonly staleIfErrorMs: number;
    /** Key id → 32-byte AES key; the first entry seals. */
    readonly sealingKeys: ReadonlyMap<string, KeyObject>;
    readonly secretBox?: SecretBox;
  };
}

export const DEFAULTS = Object.freeze({
  keyVersion: 1,
  vodapayPublicKeyVersion: 1,
  signatureEncoding: 'base64',
  responseSignature: 'required-on-success',
  responseTimeToleranceMs: 300_000,
  timeoutMs: 5_000,
  maxAttempts: 3,
  maxResponseBytes: 1_048_576,
  http: Object.freeze({ transport: 'node' }),
  resilience: Object.freeze({
    retryBaseMs: 100,
    throttledRetryBaseMs: 1_000,
    retryCapMs: 2_000,
    retryBudget: 20,
    circuitFailureRatio: 0.5,
    circuitMinimumCalls: 20,
    circuitWindowMs: 10_000,
    circuitProbeEveryMs: 5_000,
    maxConnections: 128,
    maxWaiting: 2_000,
    slowDownAfter: 10,
    slowDownMaxWaitMs: 1_000,
    slowDownHoldMs: 10_000,
    refusalsKeptMs: 10_000,
  }),
  credentials: Object.freeze({ accessToken: false }),
  linking: Object.freeze({
    policy: 'create',
    recentSignInMs: 300_000,
    eventRetentionMs: 31_536_000_000,
    profileSync: 'on-create',
  }),
  sessions: true,
  session: Object.freeze({
    lifetimeMs: 2_592_000_000,
    revalidateAfterMs: 300_000,
    staleIfErrorMs: 3_600_000,
    idleMs: 604_800_000,
    cacheMs: 1_000,
  }),
} as const);
