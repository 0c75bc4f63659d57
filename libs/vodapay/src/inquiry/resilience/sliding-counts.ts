const BUCKETS = 10;

/** Calls and failures of the last `windowMs` milliseconds, to a tenth of it. */
export class SlidingCounts {
  private readonly bucketMs: number;
  private readonly calls = new Uint32Array(BUCKETS);
  private readonly failures = new Uint32Array(BUCKETS);
  /** Number of the bucket that is being filled, counted from the clock's zero. */
  private newest = 0;

  constructor(windowMs: number) {
    this.bucketMs = windowMs / BUCKETS;
  }

  add(now: number, failed: boolean): void {
    const index = this.moveTo(now) % BUCKETS;
    this.calls[index] = (this.calls[index] ?? 0) + 1;
    if (failed) this.failures[index] = (this.failures[index] ?? 0) + 1;
  }

  sum(now: number): { readonly calls: number; readonly failures: number } {
    this.moveTo(now);
    const total = (counts: Uint32Array): number => counts.reduce((sum, count) => sum + count, 0);
    return { calls: total(this.calls), failures: total(this.failures) };
  }

  clear(): void {
    this.calls.fill(0);
    this.failures.fill(0);
  }

  /** Empties the buckets that have left the window, and tells the one of this moment. */
  private moveTo(now: number): number {
    const current = Math.max(this.newest, Math.floor(now / this.bucketMs));
    const passed = Math.min(current - this.newest, BUCKETS);
    for (let step = 1; step <= passed; step += 1) {
      this.calls[(this.newest + step) % BUCKETS] = 0;
      this.failures[(this.newest + step) % BUCKETS] = 0;
    }
    this.newest = current;
    return current;
  }
}
