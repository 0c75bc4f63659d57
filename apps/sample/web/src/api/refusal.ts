/** How the proof of a pending link reaches the customer. */
export type Delivery = 'email' | 'phone' | 'link-code' | 'approval';

/** How the shop's server refuses. Decide by `code` and `next`, never by the message. */
export interface Refusal {
  /** 0 when no answer came. */
  readonly statusCode: number;
  readonly code: string;
  readonly next: 'retry' | 'new-auth-code' | 'sign-in' | 'none';
  readonly message: string;
  /** Of VODAPAY_LINK_PROOF_REQUIRED. */
  readonly ticket?: string;
  readonly delivery?: Delivery;
  /** From the header `Retry-After`. */
  readonly retryAfterSeconds?: number;
}
