import type { Delivery } from '../faults/fault.js';
import type { Result } from '../protocol/result.js';

/** An answer ready to travel, and how it will. */
export interface OutgoingAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What is signed: the body before any content-encoding. */
  readonly content: Buffer;
  /** What the content says came of the call; absent where a fault wrote the content, which must be read then. */
  readonly result?: Result;
  /** What travels. */
  readonly body: Buffer;
  readonly delivery: Delivery;
}
