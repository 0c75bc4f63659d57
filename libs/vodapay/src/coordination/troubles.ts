/** What may go wrong with Redis, apart from one another: a replica takes messages and no values. */
export type RedisPart = 'claim' | 'read' | 'write' | 'publish' | 'subscription';

/** A part that failed once and was not asked since isn't known to fail still. Milliseconds. */
const FORGOTTEN_AFTER_MS = 60_000;

/** Which parts of Redis fail, and the moments at which that begins and ends as a whole. */
export class Troubles {
  private readonly failedAt = new Map<RedisPart, number>();

  /** @param monotonicMs a clock that never goes back, in milliseconds */
  constructor(private readonly monotonicMs: () => number = () => performance.now()) {}

  get any(): boolean {
    return this.failedAt.size > 0;
  }

  /** True where this is the beginning of an outage. */
  failed(part: RedisPart): boolean {
    const begins = !this.any;
    this.failedAt.set(part, this.monotonicMs());
    return begins;
  }

  /** True where this is the end of an outage. */
  worked(part: RedisPart): boolean {
    if (!this.any) return false;
    this.failedAt.delete(part);
    const forgotten = this.monotonicMs() - FORGOTTEN_AFTER_MS;
    for (const [other, at] of this.failedAt) {
      if (other !== 'subscription' && at < forgotten) this.failedAt.delete(other);
    }
    return !this.any;
  }
}
