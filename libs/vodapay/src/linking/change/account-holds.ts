import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { VodaPayError } from '../../errors/vodapay-error.js';
import { errorType } from '../../telemetry/error-type.js';
import { tellLog } from '../../telemetry/tell-log.js';
import { uuidV7 } from '../../store/uuid-v7.js';
import type { AccountKey } from '../account-key.js';
import { ReservationWatch } from '../reservation-watch.js';
import type { AccountHold, AccountHoldRepository } from './account-hold.repository.js';
import type { LinkChangeRepository } from './link-change.repository.js';

/** The link that a holder means to end, as it was read. */
export interface HeldLink {
  readonly id: string;
  readonly revision: number;
}

/** What work is given that holds an account. */
export interface HeldAccount {
  /** Aborted when the hold was lost. */
  readonly signal: AbortSignal;
  /**
   * Call it right before a step that nothing else fences off: a process that stood still may have lost its turn without
   * knowing. Throws VODAPAY_STORE_UNAVAILABLE when it has.
   */
  readonly mustBeHeld: () => Promise<void>;
}

/** How often a holder shows that it lives. Milliseconds. */
const RENEW_EVERY_MS = 800;

/** A hold that hasn't changed for this long, by the watcher's own clock, is taken away. Milliseconds. */
const LINK_HOLD_SILENT_MS = 2_500;

/** The same for work of the application's own, which can't be fenced off: well above any pause of a living process. */
const OTHER_HOLD_SILENT_MS = 10_000;

/** A hold this old by its own stamp is taken away without watching it. Milliseconds. */
const OLD_AFTER_MS = 60_000;

/** How long a caller waits for its turn. Milliseconds. */
const WAIT_AT_MOST_MS = 13_000;

const BATCH = 500;

/**
 * Lets one at a time take a way to sign in from an account, over all processes (I4). A hold is a row; its primary key
 * decides. Nobody holds a connection or a transaction meanwhile (ADR 6).
 */
export class AccountHolds {
  constructor(
    private readonly holds: AccountHoldRepository,
    private readonly changes: LinkChangeRepository,
    private readonly now: () => number,
  ) {}

  /**
   * Does the work while nobody else takes a way to sign in from the account.
   *
   * @param link the only link that the work may end, at the only revision; undefined: the work ends something else
   */
  async whileHolding<T>(
    account: AccountKey,
    link: HeldLink | undefined,
    work: (held: HeldAccount) => Promise<T>,
  ): Promise<T> {
    const hold = await this.take(account, link);
    const lost = new AbortController();
    const beat = setInterval(() => void this.renew(hold, lost), RENEW_EVERY_MS);
    try {
      return await work({ signal: lost.signal, mustBeHeld: () => this.mustBeHeld(hold) });
    } finally {
      clearInterval(beat);
      await this.release(hold);
    }
  }

  /** Ends the namespace's holds that killed processes left behind. */
  async clearOld(namespace: string): Promise<void> {
    for (;;) {
      const old = await this.holds.silentSince(namespace, this.now() - OLD_AFTER_MS, BATCH);
      for (const hold of old) await this.takeAway(hold);
      if (old.length < BATCH) return;
    }
  }

  private async take({ namespace, accountId }: AccountKey, link: HeldLink | undefined): Promise<AccountHold> {
    const watch = new ReservationWatch();
    const startedAt = performance.now();
    const named = { linkId: link?.id ?? null, linkRevision: link?.revision ?? null };
    for (let round = 0; ; round += 1) {
      const now = this.now();
      const hold = { namespace, accountId, holder: uuidV7(now, randomBytes(10)), ...named, updatedAt: now };
      if (await this.holds.take(hold)) return hold;
      const other = await this.holds.find({ namespace, accountId });
      if (other !== undefined) {
        if (this.isAbandoned(other, watch)) await this.takeAway(other);
        else if (performance.now() - startedAt > WAIT_AT_MOST_MS) throw stillHeld();
        else await delay(Math.min(100, 5 * 2 ** round) * (1 - Math.random() / 2));
      }
    }
  }

  private isAbandoned(hold: AccountHold, watch: ReservationWatch): boolean {
    const unchangedForMs = watch.unchangedForMs({ id: hold.holder, updatedAt: hold.updatedAt });
    if (this.now() - hold.updatedAt > OLD_AFTER_MS) return true;
    return unchangedForMs >= (hold.linkId === null ? OTHER_HOLD_SILENT_MS : LINK_HOLD_SILENT_MS);
  }

  /** First the fence, then the hold: should the silent holder wake, its link's revision is no longer what it read. */
  private async takeAway(hold: AccountHold): Promise<void> {
    if (hold.linkId !== null && hold.linkRevision !== null) await this.changes.fence(hold.linkId, hold.linkRevision);
    await this.holds.clear(hold);
  }

  /** A beat that fails is tried again by the next one. */
  private async renew(hold: AccountHold, lost: AbortController): Promise<void> {
    const held = await this.holds.renew(hold, this.now()).catch(() => true);
    if (!held) lost.abort();
  }

  private async mustBeHeld(hold: AccountHold): Promise<void> {
    if (!(await this.holds.renew(hold, this.now()))) throw stillHeld();
  }

  /** The work's own outcome counts; a hold that stays behind is taken away by the next caller. */
  private async release(hold: AccountHold): Promise<void> {
    await this.holds.release(hold).catch((error: unknown) => {
      tellLog('vodapay.link.hold-left', { code: errorType(error) });
    });
  }
}

function stillHeld(): VodaPayError {
  return new VodaPayError('VODAPAY_STORE_UNAVAILABLE', {
    message: 'Another request is changing how this account signs in. Try again shortly.',
    retryAfterMs: 1_000,
  });
}
