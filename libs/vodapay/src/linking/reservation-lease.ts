import type { AccountLink, VodaPayAccountLinkRepository } from './vodapay-account-link.repository.js';

/** How often the owner of a reservation shows that it lives. Three beats fit into SILENT_AFTER_MS. */
const RENEW_EVERY_MS = 800;

type Renewals = Pick<VodaPayAccountLinkRepository, 'renew'>;

/** Keeps a reservation alive while the merchant makes the account; holds no connection between two beats. */
export class ReservationLease {
  private seen: number;
  private beat: Promise<void> = Promise.resolve();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly links: Renewals,
    private readonly reservation: AccountLink,
    private readonly now: () => number,
  ) {
    this.seen = reservation.updatedAt;
    this.timer = setInterval(() => {
      this.beat = this.beat.then(() => this.renew());
    }, RENEW_EVERY_MS);
  }

  /** Ends the beats. Returns the stamp that this owner wrote last: whoever took over has changed it. */
  async stop(): Promise<number> {
    clearInterval(this.timer);
    await this.beat;
    return this.seen;
  }

  /** A beat that fails costs at most a second call of `create` under the same key. */
  private async renew(): Promise<void> {
    try {
      const renewed = await this.links.renew(this.reservation.id, this.seen, this.now());
      if (renewed === undefined) clearInterval(this.timer);
      else this.seen = renewed;
    } catch {
      // The next beat tries again.
    }
  }
}
