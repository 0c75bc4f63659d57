/** What a repetition costs, where a success earns 1: in the long run repeating adds a tenth to the calls, never more. */
const COST = 10;

/**
 * A token bucket of repetitions, full at the start. It keeps an outage from being met with a multiple of the calls: where
 * nothing succeeds, nothing is earned.
 */
export class RetryBudget {
  private tokens: number;

  /** @param size repetitions that the bucket holds; 0 forbids repeating. */
  constructor(private readonly size: number) {
    this.tokens = size * COST;
  }

  /** Whether a repetition may be made; takes its token. */
  take(): boolean {
    if (this.tokens < COST) return false;
    this.tokens -= COST;
    return true;
  }

  earn(): void {
    this.tokens = Math.min(this.size * COST, this.tokens + 1);
  }
}
