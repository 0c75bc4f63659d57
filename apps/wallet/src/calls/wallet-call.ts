import type { OperationName } from '../protocol/operations.js';

/** One call that reached the wallet, as the page and `GET /calls` show it. */
export interface WalletCall {
  readonly id: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly operation: OperationName | 'unknown';
  readonly method: string;
  readonly path: string;
  readonly userId?: string;
  /** What came of checking headers and signature. */
  readonly check: { readonly passed: boolean; readonly message: string };
  /** The text that the wallet expects under the signature; absent while a header that it needs is missing. */
  readonly signedText?: string;
  readonly httpStatus?: number;
  readonly resultCode?: string;
  readonly resultStatus?: string;
  readonly resultMessage?: string;
  /** The fault that spoilt the answer, by name. */
  readonly fault?: string;
  /** From the last byte of the request to the answer, without the delay of a fault; in milliseconds. */
  readonly durationMs: number;
}

type Listener = (call: WalletCall) => void;

const MAX_CALLS = 500;

/** The last 500 calls, oldest first. */
export class CallLog {
  readonly #calls: WalletCall[] = [];
  readonly #listeners = new Set<Listener>();
  #lastId = 0;

  add(call: Omit<WalletCall, 'id'>): void {
    this.#lastId += 1;
    const numbered = { id: this.#lastId, ...call };
    this.#calls.push(numbered);
    if (this.#calls.length > MAX_CALLS) this.#calls.shift();
    for (const listener of this.#listeners) listener(numbered);
  }

  list(): readonly WalletCall[] {
    return [...this.#calls];
  }

  /** Gives back the function that ends the listening. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
