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
}

export type Delivery = 'whole' | 'slow' | 'hang' | 'cut' | 'reset';

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
  readonly http?: { readonly status: number; readonly headers: Readonly<Record<string, string>> };
  readonly seal?: Seal;
  readonly delivery?: Delivery;
}
