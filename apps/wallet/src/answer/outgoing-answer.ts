import type { Delivery } from '../faults/fault.js';

/** An answer ready to travel, and how it will. */
export interface OutgoingAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What is signed: the body before any content-encoding. */
  readonly content: Buffer;
  /** What travels. */
  readonly body: Buffer;
  readonly delivery: Delivery;
}
