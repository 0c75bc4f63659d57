import { randomBytes, type KeyObject } from 'node:crypto';
import { uuidV7 } from '../../store/uuid-v7.js';
import { errorType } from '../../telemetry/error-type.js';
import { NO_TELEMETRY } from '../../telemetry/no-telemetry.js';
import { tellLog } from '../../telemetry/tell-log.js';
import type { Telemetry } from '../../telemetry/telemetry.js';
import type { LinkSessions } from '../link-sessions.js';
import type { VodaPayIdentity } from '../vodapay-account-link.repository.js';
import { identityHash } from './identity-hash.js';
import type { LinkChange } from './link-change.js';
import type { ChangeableLink, LinkChangeRepository } from './link-change.repository.js';
import { pageSize, type LinkEventsPage, type LinkEventView } from './link-views.js';

export interface LinkJournalSettings {
  /** Whose account ids and events these are (R14). */
  readonly namespace: string;
  /** Keys the hash that stands for a user in an event. */
  readonly correlationKey: KeyObject;
  /** Noted in each event. */
  readonly policy: string;
  /** How long events are kept, in milliseconds. */
  readonly eventRetentionMs: number;
}

/** What a link's row tells of its last change, which is all that is needed to finish it. */
type Change = Pick<ChangeableLink, 'id' | 'state' | 'accountId' | 'changeId' | 'changeKind' | 'changeFromAccountId'>;

/** Links that one statement of `settleAll` reads through. */
const PAGE = 2_000;

/**
 * The log of what happened to links. A change is stored in the link's row by the statement that makes it; its event is
 * copied from there. Whoever is killed between the two leaves a row that still tells its change: the next change of the
 * link, the next reading of the account's events, or `settleAll` finishes it (ADR 5).
 */
export class LinkJournal {
  constructor(
    private readonly changes: LinkChangeRepository,
    private readonly sessions: LinkSessions,
    private readonly settings: LinkJournalSettings,
    private readonly now: () => number,
    private readonly telemetry: Telemetry = NO_TELEMETRY,
  ) {}

  /**
   * A change to be stored with the link.
   *
   * @param after when the link changed before, epoch milliseconds: whatever the clocks say, this change comes later
   */
  plan(
    what: Pick<LinkChange, 'kind' | 'actor' | 'reason'> & { readonly fromAccountId?: string },
    identity: VodaPayIdentity,
    after = 0,
  ): LinkChange {
    const at = Math.max(this.now(), after + 1);
    const { correlationKey, policy } = this.settings;
    return Object.freeze({
      fromAccountId: null,
      ...what,
      id: uuidV7(at, randomBytes(10)),
      policy,
      identityHash: identityHash(correlationKey, identity),
      at,
    });
  }

  /** After a link was made: writes the event. The link stands whatever happens here. */
  async tellLinked(linkId: string, change: LinkChange): Promise<void> {
    this.tell(linkId, change);
    await this.later(this.changes.tell(linkId, change.id));
  }

  /** After a link was moved or ended: ends its sessions, writes the event, deletes an ended row. */
  async finish(link: Omit<Change, 'changeId'>, change: LinkChange): Promise<void> {
    this.tell(link.id, change);
    await this.later(this.settle({ ...link, changeId: change.id }));
  }

  /** Before a link changes: its row is about to tell something else. */
  async settleBefore(link: ChangeableLink): Promise<void> {
    if (link.changeId === null || link.updatedAt < this.since()) return;
    if (!(await this.changes.isTold(link.changeId))) await this.settle(link);
  }

  /** The account's events, newest first, with those that a killed process still owed. */
  async eventsOf(accountId: string, { limit, before }: LinkEventsPage = {}): Promise<readonly LinkEventView[]> {
    const account = { namespace: this.settings.namespace, accountId };
    await this.settleEach(await this.changes.owingOfAccount(account, this.since()));
    return this.changes.eventsOfAccount(account, before ?? AFTER_EVERY_ID, pageSize(limit));
  }

  /** Finishes what killed processes left unfinished, reading all links page by page. Returns how many changes. */
  async settleAll(): Promise<number> {
    let settled = 0;
    let after = '';
    for (;;) {
      const until = await this.changes.endOfPage(after, PAGE);
      const owing = await this.changes.owing(this.settings.namespace, this.since(), after, until ?? AFTER_EVERY_ID);
      await this.settleEach(owing);
      settled += owing.length;
      if (until === undefined) return settled;
      after = until;
    }
  }

  /** Deletes the events past their retention. Returns how many. */
  purge(): Promise<number> {
    return this.changes.purge(this.settings.namespace, this.since());
  }

  private async settleEach(links: readonly ChangeableLink[]): Promise<void> {
    for (const link of links) await this.settle(link);
  }

  private async settle({ id, state, accountId, changeId, changeKind, changeFromAccountId }: Change): Promise<void> {
    const left = changeKind === 'unlinked' ? accountId : changeFromAccountId;
    if (left !== null) await this.sessions.endByLinkAndAccount(id, left);
    if (changeId !== null) await this.changes.tell(id, changeId);
    if (state === 'ended') await this.changes.deleteEnded(id);
  }

  /** The change has happened and its row tells it: a failure here is made good later. */
  private async later(work: Promise<void>): Promise<void> {
    await work.catch((error: unknown) => {
      tellLog('vodapay.link.event-owed', { code: errorType(error) });
    });
  }

  private tell(linkId: string, { kind: change, reason, actor, identityHash }: LinkChange): void {
    this.telemetry.counter('linkChanges', { 'vodapay.link.change': change })();
    tellLog('vodapay.link.changed', { change, reason, actor, linkId, identityHash });
  }

  private since(): number {
    return this.now() - this.settings.eventRetentionMs;
  }
}

/** Greater than every uuid. */
const AFTER_EVERY_ID = 'g';
