import { VodaPayError } from '../../errors/vodapay-error.js';
import type { AccountDirectory } from '../account-directory.js';
import type { AccountKey } from '../account-key.js';
import { nativeAccountId } from '../account-id.js';
import { askDirectory } from '../ask-directory.js';
import type { VodaPayAccountLinkRepository, VodaPayIdentity } from '../vodapay-account-link.repository.js';
import { isLinkOf } from './is-link-of.js';
import type { AccountHolds } from './account-holds.js';
import type { LinkChange } from './link-change.js';
import type { ChangeableLink, LinkChangeRepository } from './link-change.repository.js';
import type { LinkJournal } from './link-journal.js';

/** What became of an account's links when its contact was proven. */
export interface Unproven {
  readonly ended: readonly LinkChange[];
  readonly kept: readonly ChangeableLink[];
}

/** Tries of a removal whose link changes under it. */
const ATTEMPTS = 5;

/** Takes ways to sign in away from an account, never the last one (I4). */
export class LinkRemoval {
  constructor(
    private readonly links: VodaPayAccountLinkRepository,
    private readonly changes: LinkChangeRepository,
    private readonly holds: AccountHolds,
    private readonly journal: LinkJournal,
    private readonly directory: AccountDirectory<string | number>,
    private readonly namespace: string,
  ) {}

  /** Ends the link unless it is the last way to sign in. Throws VODAPAY_NOT_LINKED, VODAPAY_LAST_SIGN_IN_METHOD. */
  async unlink(accountId: string, linkId: string): Promise<LinkChange> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const link = await this.activeLink(accountId, linkId);
      const change = await this.holds.whileHolding(this.keyOf(accountId), link, async () => {
        if ((await this.changes.read(linkId))?.revision !== link.revision) return undefined;
        await this.mustKeepAnother(accountId);
        return this.end(link, { kind: 'unlinked', actor: 'user', reason: 'asked' });
      });
      if (change !== undefined) {
        await this.finish(link, change);
        return change;
      }
    }
    throw changesUnderUs();
  }

  /** Lets the application take away another way to sign in, such as a password, unless it is the last one. */
  async removeOther(accountId: string, remove: (signal: AbortSignal) => Promise<void>): Promise<void> {
    await this.holds.whileHolding(this.keyOf(accountId), undefined, async ({ signal }) => {
      await this.mustKeepAnother(accountId);
      signal.throwIfAborted();
      await remove(signal);
    });
  }

  /** Ends every link of an account that is deleted, and takes the account's id out of the events. */
  async removeAccount(accountId: string): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const links = await this.links.findByAccount(this.keyOf(accountId));
      for (const { id } of links) await this.endOfRemovedAccount(id, accountId);
      if (links.length === 0) {
        // Unlinkings that a killed process left unfinished would bring the account's id back.
        await this.journal.eventsOf(accountId);
        await this.changes.forgetAccount(this.keyOf(accountId));
        return;
      }
    }
    throw changesUnderUs();
  }

  /**
   * R5: the owner of the account's contact has just been proven. Ends every link of the account that was made without
   * proving that contact, but not this identity's; whoever registered the contact before its owner came may have made it.
   */
  async endUnproven(accountId: string, { namespace, userId }: VodaPayIdentity): Promise<Unproven> {
    const ended: LinkChange[] = [];
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const links = await this.changesOf(accountId);
      const isKept = (link: ChangeableLink): boolean =>
        link.changeReason === 'proved-by-contact' || (link.vodapayUserId === userId && link.namespace === namespace);
      if (links.every(isKept)) return { ended, kept: links };
      for (const link of links.filter((one) => !isKept(one))) {
        const change = await this.end(link, { kind: 'unlinked', actor: 'user', reason: 'not-proven' });
        if (change === undefined) continue;
        ended.push(change);
        await this.finish(link, change);
      }
    }
    throw changesUnderUs();
  }

  /** The account's active links as they can be changed. */
  private async changesOf(accountId: string): Promise<readonly ChangeableLink[]> {
    const account = this.keyOf(accountId);
    const links = await this.links.findByAccount(account);
    const read = await Promise.all(links.map(({ id }) => this.changes.read(id)));
    return read.filter((link) => isLinkOf(link, account));
  }

  private async endOfRemovedAccount(linkId: string, accountId: string): Promise<void> {
    const link = await this.changes.read(linkId);
    if (!isLinkOf(link, this.keyOf(accountId))) return;
    const change = await this.end(link, { kind: 'unlinked', actor: 'merchant', reason: 'account-removed' });
    if (change !== undefined) await this.finish(link, change);
  }

  private async activeLink(accountId: string, linkId: string): Promise<ChangeableLink> {
    const link = await this.changes.read(linkId);
    if (!isLinkOf(link, this.keyOf(accountId))) throw new VodaPayError('VODAPAY_NOT_LINKED');
    return link;
  }

  /** Counted while holding the account: nobody else takes one away meanwhile, and one that is added does no harm. */
  private async mustKeepAnother(accountId: string): Promise<void> {
    const links = await this.links.findByAccount(this.keyOf(accountId));
    const others = await this.otherSignInMethods(accountId);
    if (links.length + others < 2) throw new VodaPayError('VODAPAY_LAST_SIGN_IN_METHOD');
  }

  private async otherSignInMethods(accountId: string): Promise<number> {
    const { directory } = this;
    if (directory.otherSignInMethods === undefined) return 0;
    const id = nativeAccountId(accountId, directory);
    const count: unknown = await askDirectory(async () => directory.otherSignInMethods?.(id));
    if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) return count;
    throw new VodaPayError('VODAPAY_ACCOUNT_DIRECTORY_FAILED', {
      message: 'AccountDirectory.otherSignInMethods returned something else than an integer from 0.',
    });
  }

  private keyOf(accountId: string): AccountKey {
    return { namespace: this.namespace, accountId };
  }

  /** Undefined when the link isn't as it was read. */
  private async end(
    link: ChangeableLink,
    what: Pick<LinkChange, 'kind' | 'actor' | 'reason'>,
  ): Promise<LinkChange | undefined> {
    await this.journal.settleBefore(link);
    const { namespace, vodapayUserId: userId, updatedAt } = link;
    const change = this.journal.plan(what, { namespace, userId }, updatedAt);
    if (await this.changes.end(link, change)) return change;
    // Ended by an earlier try whose answer got lost?
    return (await this.changes.read(link.id))?.changeId === change.id ? change : undefined;
  }

  private finish(link: ChangeableLink, change: LinkChange): Promise<void> {
    const ended = { ...link, state: 'ended', changeKind: change.kind, changeFromAccountId: null } as const;
    return this.journal.finish(ended, change);
  }
}

function changesUnderUs(): VodaPayError {
  return new VodaPayError('VODAPAY_STORE_UNAVAILABLE', {
    message: 'The link kept changing while it was being removed. Try again shortly.',
    retryAfterMs: 1_000,
  });
}
