import type { DataSource } from 'typeorm';
import type { AccountDirectory } from '../account-directory.js';
import { VodaPayError } from '../../errors/vodapay-error.js';
import { correlated } from '../../telemetry/correlation.js';
import { NO_TELEMETRY } from '../../telemetry/no-telemetry.js';
import type { Telemetry } from '../../telemetry/telemetry.js';
import type { LinkNotice, LinkNotifier } from '../link-notifier.js';
import type { LinkSessions } from '../link-sessions.js';
import {
  VodaPayAccountLinkRepository,
  type ActiveAccountLink,
  type VodaPayIdentity,
} from '../vodapay-account-link.repository.js';
import { AccountHoldRepository } from './account-hold.repository.js';
import { AccountHolds, type HeldAccount } from './account-holds.js';
import { announceLink } from './announce-link.js';
import { isLinkOf } from './is-link-of.js';
import { LinkChangeRepository } from './link-change.repository.js';
import { LinkJournal, type LinkJournalSettings } from './link-journal.js';
import { LinkMove } from './link-move.js';
import { LinkRemoval, type Unproven } from './link-removal.js';
import { isProvenAccount, type ProvenAccount } from './proven-account.js';
import { mustBeRecent, type SignedInUser } from './recent-sign-in.js';

export interface LinkChangesSettings extends LinkJournalSettings {
  readonly accounts: AccountDirectory<string | number>;
  readonly notifier: LinkNotifier | undefined;
  /** How old a sign-in may be that changes a link, in milliseconds. */
  readonly recentSignInMs: number;
}

/** Everything that happens to a link after it was made, and the log of it all. */
export class LinkChanges {
  readonly journal: LinkJournal;
  private readonly holds: AccountHolds;
  private readonly removal: LinkRemoval;
  private readonly moving: LinkMove;
  private readonly links: VodaPayAccountLinkRepository;

  constructor(
    dataSource: DataSource,
    sessions: LinkSessions,
    private readonly settings: LinkChangesSettings,
    private readonly now: () => number,
    telemetry: Telemetry = NO_TELEMETRY,
  ) {
    const changes = new LinkChangeRepository(dataSource);
    this.links = new VodaPayAccountLinkRepository(dataSource);
    this.journal = new LinkJournal(changes, sessions, settings, now, telemetry);
    this.holds = new AccountHolds(new AccountHoldRepository(dataSource), changes, now);
    this.removal = new LinkRemoval(
      this.links,
      changes,
      this.holds,
      this.journal,
      settings.accounts,
      settings.namespace,
    );
    this.moving = new LinkMove(changes, this.journal, settings.namespace);
  }

  unlink(user: SignedInUser): Promise<void> {
    return correlated(async () => {
      this.mustBeRecent(user);
      const { at } = await this.removal.unlink(user.accountId, user.linkId);
      await this.announce({ kind: 'unlinked', accountId: user.accountId, at });
    });
  }

  /**
   * @param mustBeActive refuses when the other account is gone or disabled
   * @param prepare the last step before the move, while nobody else changes how the other account signs in
   */
  async move(
    user: SignedInUser,
    to: ProvenAccount,
    mustBeActive: () => Promise<unknown>,
    prepare: () => Promise<unknown> = async () => undefined,
  ): Promise<void> {
    if (!isProvenAccount(to)) throw new TypeError('move: expected what accountProvenBy returns.');
    this.mustBeRecent(user);
    this.mustBeRecent(to);
    if (to.accountId === user.accountId) return;
    await correlated(async () => {
      await mustBeActive();
      const { at } = await this.whileHolding(to.accountId, async ({ mustBeHeld }) => {
        await prepare();
        await mustBeHeld();
        return this.moving.move(user, to);
      });
      await this.announce({ kind: 'moved-away', accountId: user.accountId, at });
      await this.announce({ kind: 'moved-here', accountId: to.accountId, at });
    });
  }

  /** The link that the user means. Throws VODAPAY_REAUTHENTICATION_REQUIRED, VODAPAY_NOT_LINKED. */
  async recentLinkOf(user: SignedInUser): Promise<ActiveAccountLink> {
    this.mustBeRecent(user);
    const link = await this.links.findById(user.linkId);
    const account = { namespace: this.settings.namespace, accountId: user.accountId };
    if (!isLinkOf(link, account)) throw new VodaPayError('VODAPAY_NOT_LINKED');
    return link;
  }

  /** Does the work while nobody else adds or takes a way to sign in with a proof of this account. */
  whileHolding<T>(accountId: string, work: (held: HeldAccount) => Promise<T>): Promise<T> {
    return this.holds.whileHolding({ namespace: this.settings.namespace, accountId }, undefined, work);
  }

  /** As `LinkRemoval.endUnproven`; call it while holding the account. */
  endUnproven(accountId: string, but: VodaPayIdentity): Promise<Unproven> {
    return this.removal.endUnproven(accountId, but);
  }

  announce(notice: LinkNotice): Promise<void> {
    return announceLink(this.settings.notifier, notice);
  }

  removeOther(accountId: string, remove: (signal: AbortSignal) => Promise<void>): Promise<void> {
    return this.removal.removeOther(accountId, remove);
  }

  removeAccount(accountId: string): Promise<void> {
    return correlated(() => this.removal.removeAccount(accountId));
  }

  /** Finishes what killed processes left, and deletes old events. */
  async maintain(): Promise<{ readonly settled: number; readonly purged: number }> {
    const settled = await this.journal.settleAll();
    await this.holds.clearOld(this.settings.namespace);
    return { settled, purged: await this.journal.purge() };
  }

  private mustBeRecent(signedIn: { readonly authenticatedAt?: number }): void {
    mustBeRecent(signedIn, this.settings.recentSignInMs, this.now());
  }
}
