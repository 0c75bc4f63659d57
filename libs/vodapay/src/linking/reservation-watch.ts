import type { AccountLink } from './vodapay-account-link.repository.js';

/** A row that somebody keeps touching while alive. */
type Watched = Pick<AccountLink, 'id' | 'updatedAt'>;

/** Measures how long a row stays unchanged, by this process' monotonic clock: servers' clocks may differ. */
export class ReservationWatch {
  private last: Watched | undefined;
  private sinceMs: number;

  constructor(private readonly monotonicMs: () => number = () => performance.now()) {
    this.sinceMs = monotonicMs();
  }

  /** Notes what was read, and tells for how many milliseconds it has been so. */
  unchangedForMs(link: Watched | undefined): number {
    const nowMs = this.monotonicMs();
    if (link?.id !== this.last?.id || link?.updatedAt !== this.last?.updatedAt) this.sinceMs = nowMs;
    this.last = link;
    return nowMs - this.sinceMs;
  }
}
