import type { KeyObject } from 'node:crypto';

/**
 * How much an answer must prove.
 * - `required-on-success`: an S needs a signature. An F or U without one is only an error code; with one, it must hold.
 * - `required`: every result needs a signature.
 * - `off`: no signature is looked at. The operator takes every answer as true, so its errors count as verified too:
 *   otherwise a withdrawn token would never end its session.
 */
export type ResponseSignaturePolicy = 'required-on-success' | 'required' | 'off';

/** What an answer must prove. All of it comes from configuration and the caller's clock, nothing from the answer. */
export interface AnswerPolicy {
  readonly responseSignature: ResponseSignaturePolicy;
  /** Our own client id; the signed text is built with it. */
  readonly clientId: string;
  /** VodaPay's public keys by key version. */
  readonly publicKeys: ReadonlyMap<number, KeyObject>;
  /** Allowed distance of `Response-Time` from `now`, in milliseconds, either way. */
  readonly responseTimeToleranceMs: number;
  /** Epoch milliseconds. */
  readonly now: number;
}
