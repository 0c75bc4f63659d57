import type { KeyObject } from 'node:crypto';
import type { AccountDirectory } from './linking/account-directory.js';
import type { ResponseSignaturePolicy } from './protocol/answer-policy.js';
import type { SignatureEncoding } from './protocol/signature-encoding.js';

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
  /** The merchant's RSA private key, at least 2048 bits: PEM (PKCS#8, PKCS#1), or base64 DER. Literal `\n` is accepted. */
  readonly privateKey: string;
  /** Which registered key signs. Integer from 1. Default 1. */
  readonly keyVersion?: number;
  /** VodaPay's RSA public key, at least 2048 bits: PEM (SPKI, PKCS#1), or base64 DER. Not the merchant's own. */
  readonly vodapayPublicKey: string;
  /** The version under which VodaPay signs with that key. Integer from 1. Default 1. */
  readonly vodapayPublicKeyVersion?: number;
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
  /** Deadline of a whole wallet operation with its retries, in milliseconds, 100-120 000. Default 5 000. */
  readonly timeoutMs?: number;
  /** Attempts of an inquiry in all, 1-10. Default 3. */
  readonly maxAttempts?: number;
  /** Largest answer in bytes, 1 024-16 777 216. Default 1 048 576. */
  readonly maxResponseBytes?: number;
  /** Which credentials a guarded route takes besides the session token. */
  readonly credentials?: {
    /** Whether a raw VodaPay access token counts as bearer. It belongs on the server, so: default false. */
    readonly accessToken?: boolean;
  };
  readonly linking?: {
    /** What a first login does. Default `create`. */
    readonly policy?: 'create';
  };
  readonly session?: {
    /** Absolute lifetime of a session in milliseconds, 60 000-31 536 000 000. Default 2 592 000 000 (30 days). */
    readonly lifetimeMs?: number;
    /** Age at which a session asks the wallet again, in milliseconds, from 0. Default 300 000. */
    readonly revalidateAfterMs?: number;
    /** How long a due session serves on while the wallet can't answer, in milliseconds; 0 is strict. Default 3 600 000. */
    readonly staleIfErrorMs?: number;
    /** `id:base64,…`: 32-byte AES keys, the first seals, all open. Default: derived from the private key (HKDF-SHA256). */
    readonly sealingKeys?: string;
  };
}

/** The options after start-up: complete, keys parsed, frozen. */
export interface ResolvedVodaPayOptions {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly namespace: string;
  readonly privateKey: KeyObject;
  readonly keyVersion: number;
  readonly vodapayPublicKeys: ReadonlyMap<number, KeyObject>;
  readonly accounts: AccountDirectory<string | number>;
  readonly signatureEncoding: SignatureEncoding;
  readonly responseSignature: ResponseSignaturePolicy;
  readonly responseTimeToleranceMs: number;
  readonly timeoutMs: number;
  readonly maxAttempts: number;
  readonly maxResponseBytes: number;
  readonly credentials: { readonly accessToken: boolean };
  readonly linking: { readonly policy: 'create' };
  readonly session: {
    readonly lifetimeMs: number;
    readonly revalidateAfterMs: number;
    readonly staleIfErrorMs: number;
    /** Key id → 32-byte AES key; the first entry seals. */
    readonly sealingKeys: ReadonlyMap<string, KeyObject>;
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
  credentials: Object.freeze({ accessToken: false }),
  linking: Object.freeze({ policy: 'create' }),
  session: Object.freeze({ lifetimeMs: 2_592_000_000, revalidateAfterMs: 300_000, staleIfErrorMs: 3_600_000 }),
} as const);
