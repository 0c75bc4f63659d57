import { VodaPayError } from '../errors/vodapay-error.js';
import type { VodaPayErrorCode } from '../errors/vodapay-errors.js';

/** What a credential that is refused in this way stays, whoever brings it. */
const LASTING: ReadonlySet<VodaPayErrorCode> = new Set<VodaPayErrorCode>([
  'VODAPAY_AUTH_CODE_INVALID',
  'VODAPAY_AUTH_CODE_USED',
  'VODAPAY_AUTH_CODE_EXPIRED',
  'VODAPAY_ACCESS_TOKEN_INVALID',
  'VODAPAY_ACCESS_TOKEN_EXPIRED',
]);

/** Refusals kept; the oldest leaves first. About 2 MB. */
const MAX_ENTRIES = 10_000;

interface Refusal {
  readonly code: VodaPayErrorCode;
  readonly resultCode: string | undefined;
  readonly until: number;
}

/**
 * What the wallet has just refused by a signed answer is refused without asking it again. An unsigned answer keeps
 * nothing here (R9): who can forge one could lock a user out.
 */
export class RefusedCredentials {
  private readonly refusals = new Map<string, Refusal>();

  /**
   * @param keptMs how long a refusal is kept, in milliseconds; 0 keeps none
   * @param monotonicMs a clock that never goes back, in milliseconds
   */
  constructor(
    private readonly keptMs: number,
    private readonly monotonicMs: () => number = () => performance.now(),
  ) {}

  /** Throws what the wallet said of this credential. `key`: its hash. */
  mustBeUntold(key: string): void {
    const refusal = this.refusals.get(key);
    if (refusal === undefined) return;
    const { code, resultCode, until } = refusal;
    if (this.monotonicMs() < until) throw new VodaPayError(code, { verified: true, ...(resultCode && { resultCode }) });
    this.refusals.delete(key);
  }

  note(key: string, error: unknown): void {
    if (!(error instanceof VodaPayError) || !error.verified || !LASTING.has(error.code) || this.keptMs === 0) return;
    const { code, resultCode } = error;
    this.refusals.delete(key);
    this.refusals.set(key, { code, resultCode, until: this.monotonicMs() + this.keptMs });
    if (this.refusals.size <= MAX_ENTRIES) return;
    const [oldest] = this.refusals.keys();
    if (oldest !== undefined) this.refusals.delete(oldest);
  }
}
