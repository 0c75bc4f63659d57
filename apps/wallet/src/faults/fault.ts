import type { CallKind } from '../protocol/operations.js';
import type { Payload } from '../protocol/result.js';

/** How the headers of the answer vouch for it. */
export interface Seal {
  readonly signature: 'valid' | 'broken' | 'none';
  /** No Client-Id and Response-Time either, as when a gateway answers. */
  readonly bare?: true;
  readonly clientId?: string;
  readonly addToKeyVersion?: number;
  readonly addToTimeMs?: number;
  /** Writes Response-Time, which is what is signed too, in another way. */
  readonly writeTime?: (epochMs: number) => string;
  /** Writes the signature's bytes in another way than standard base64. */
  readonly encode?: (signature: Buffer) => string;
  /** Writes the Signature header in another way. */
  readonly writeHeader?: (keyVersion: number, value: string) => string;
}

export type Delivery = 'whole' | 'slow' | 'trickle' | 'hang' | 'cut' | 'reset';

/** What part of an answer a fault touches; the page lists faults by it. */
export type FaultGroup = 'variant' | 'signature' | 'result' | 'body' | 'profile' | 'gateway' | 'delivery';

/** One way in which an answer can be wrong: each part that is given replaces that step of answering. */
export interface Fault {
  /** One line for the page. */
  readonly says: string;
  /** The calls that it can spoil; without a prefix it spoils the first of them that comes. */
  readonly calls: readonly CallKind[];
  /** Whether the wallet does the work (uses up the code) before it answers wrongly. */
  readonly carriesOut: boolean;
  readonly payload?: (payload: Payload) => unknown;
  readonly text?: (text: string) => string;
  /** Changes the bytes that are signed and sent. */
  readonly bytes?: (content: Buffer) => Buffer;
  /** Changes the bytes that are sent, after signing, as a content-encoding does. */
  readonly wrap?: (content: Buffer) => Buffer;
  readonly http?: { readonly status: number; readonly headers: Readonly<Record<string, string>> };
  readonly seal?: Seal;
  readonly delivery?: Delivery;
}

export type FaultTable = Readonly<Record<string, Fault>>;

export const ANY_CALL: readonly CallKind[] = Object.freeze(['token', 'refresh', 'inquiry'] as const);
