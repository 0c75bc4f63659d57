import type { DataSource } from 'typeorm';
import type { AccountDirectory } from '../account-directory.js';
import { NO_TELEMETRY } from '../../telemetry/no-telemetry.js';
import type { Telemetry } from '../../telemetry/telemetry.js';
import type { LinkNotifier } from '../link-notifier.js';
import type { LinkSessions } from '../link-sessions.js';
import { VodaPayAccountLinkRepository } from '../vodapay-account-link.repository.js';
import { AccountHoldRepository } from './account-hold.repository.js';
import { AccountHolds } from './account-holds.js';
import { announceLink } from './announce-link.js';
import { LinkChangeRepository } from './link-change.repository.js';
import { LinkJournal, type LinkJournalSettings } from './link-journal.js';
import { LinkMove } from './link-move.js';
import { LinkRemoval } from './link-removal.js';
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

  constructor(
    dataSource: DataSource,
    sessions: LinkSessions,
    private readonly settings: LinkChangesSettings,
    private readonly now: () => number,
    telemetry: Telemetry = NO_TELEMETRY,
  ) {
    const changes = new LinkChangeRepository(dataSource);
    const links = new VodaPayAccountLinkRepository(dataSource);
    this.journal = new LinkJournal(changes, sessions, settings, now, telemetry);
    this.holds = new AccountHolds(new AccountHoldRepository(dataSource), changes, now);
    this.removal = new LinkRemoval(links, changes, this.holds, this.journal, settings.accounts);
    this.moving = new LinkMove(changes, this.journal);
  }

  async unlink(user: SignedInUser): Promise<void> {
    this.mustBeRecent(user);
    const { at } = await this.removal.unlink(user.accountId, user.linkId);
    await announceLink(this.settings.notifier, { kind: 'unlinked', accountId: user.accountId, at });
  }

  /** @param mustBeActive refuses when the other account is gone or disabled */
  async move(user: SignedInUser, to: ProvenAccount, mustBeActive: () => Promise<unknown>): Promise<void> {
    if (!isProvenAccount(to)) throw new TypeError('move: expected what accountProvenBy returns.');
    this.mustBeRecent(user);
    this.mustBeRecent(to);
    if (to.accountId === user.accountId) return;
    await mustBeActive();
    const { at } = await this.moving.move(user, to);
    await announceLink(this.settings.notifier, { kind: 'moved-away', accountId: user.accountId, at });
    await announceLink(this.settings.notifier, { kind: 'moved-here', accountId: to.accountId, at });
  }

  removeOther(accountId: string, remove: (signal: AbortSignal) => Promise<void>): Promise<void> {
    return this.removal.removeOther(accountId, remove);
  }

  removeAccount(accountId: string): Promise<void> {
    return this.removal.removeAccount(accountId);
  }

  /** Finishes what killed processes left, and deletes old events. */
  async maintain(): Promise<{ readonly settled: number; readonly purged: number }> {
    const settled = await this.journal.settleAll();
    await this.holds.clearOld();
    return { settled, purged: await this.journal.purge() };
  }

  private mustBeRecent(signedIn: { readonly authenticatedAt?: number }): void {
    mustBeRecent(signedIn, this.settings.recentSignInMs, this.now());
  }
}
