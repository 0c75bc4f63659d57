import { looksLikeOther, newHandle, type HandleKind } from './new-handle.js';
import type { Consent } from './consent.js';
import { refusal, type Refusal } from '../protocol/result.js';
import type { ResultCode } from '../protocol/result-codes.js';

/** One code or token, and what became of it. */
export interface HandleEntry {
  readonly consent: Consent;
  /** Epoch milliseconds. */
  expiresAt: number;
  used: boolean;
  revoked: boolean;
}

export type HandleLookUp =
  | { readonly usable: true; readonly entry: HandleEntry }
  | { readonly usable: false; readonly refusal: Refusal; readonly userId?: string };

export interface HandleRefusals {
  readonly unknown: ResultCode;
  readonly used: ResultCode;
  readonly expired: ResultCode;
}

/** More than anybody makes by hand or in a test; beyond it the oldest are forgotten and turn unknown. */
const MAX_ENTRIES = 200_000;

/** Every code, or every access token, or every refresh token that the wallet has given out. */
export class HandleBook {
  readonly #kind: HandleKind;
  readonly #refusals: HandleRefusals;
  readonly #entries: Map<string, HandleEntry>;

  constructor(kind: HandleKind, refusals: HandleRefusals, entries: Iterable<readonly [string, HandleEntry]> = []) {
    this.#kind = kind;
    this.#refusals = refusals;
    this.#entries = new Map(entries);
  }

  issue(consent: Consent, expiresAt: number): string {
    const handle = newHandle(this.#kind);
    this.#entries.set(handle, { consent, expiresAt, used: false, revoked: false });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > MAX_ENTRIES && oldest !== undefined) this.#entries.delete(oldest);
    return handle;
  }

  lookUp(handle: string, nowMs: number): HandleLookUp {
    const entry = this.#entries.get(handle);
    if (entry === undefined) {
      const other = looksLikeOther(handle, this.#kind);
      const message = other === undefined ? undefined : `What was sent as ${this.#kind} looks like ${other}.`;
      return { usable: false, refusal: refusal(this.#refusals.unknown, message) };
    }
    const { userId } = entry.consent;
    if (entry.revoked) {
      return { usable: false, userId, refusal: refusal(this.#refusals.unknown, 'The user has revoked the consent.') };
    }
    if (entry.used) return { usable: false, userId, refusal: refusal(this.#refusals.used) };
    if (entry.expiresAt <= nowMs) return { usable: false, userId, refusal: refusal(this.#refusals.expired) };
    return { usable: true, entry };
  }

  ofUser(userId: string): readonly HandleEntry[] {
    return [...this.#entries.values()].filter((entry) => entry.consent.userId === userId);
  }

  entries(): readonly (readonly [string, HandleEntry])[] {
    return [...this.#entries];
  }
}
