import { VodaPayError } from '../../errors/vodapay-error.js';
import { isLinkOf } from './is-link-of.js';
import type { LinkChange, LinkChangeReason } from './link-change.js';
import type { ChangeableLink, LinkChangeRepository } from './link-change.repository.js';
import type { LinkJournal } from './link-journal.js';
import type { AccountProofKind, ProvenAccount } from './proven-account.js';
import type { SignedInUser } from './recent-sign-in.js';

const REASONS: Readonly<Record<AccountProofKind, LinkChangeReason>> = Object.freeze({
  'link-code': 'proved-by-link-code',
  contact: 'proved-by-contact',
  merchant: 'proved-by-merchant',
});

/**
 * Gives a VodaPay identity to another account: one statement, compare-and-set on the account it leaves. That account may
 * be left without a way to sign in: its owner has just said so, signed in to both.
 */
export class LinkMove {
  constructor(
    private readonly changes: LinkChangeRepository,
    private readonly journal: LinkJournal,
    private readonly namespace: string,
  ) {}

  /** Throws VODAPAY_NOT_LINKED when the link isn't this user's (any more). */
  async move({ accountId, linkId }: SignedInUser, to: ProvenAccount): Promise<LinkChange> {
    const link = await this.changes.read(linkId);
    if (!isLinkOf(link, { namespace: this.namespace, accountId })) throw new VodaPayError('VODAPAY_NOT_LINKED');
    await this.journal.settleBefore(link);
    const change = this.plan(link, accountId, to);
    if (!(await this.changes.move(link, to.accountId, change)) && !(await this.isStored(link, change))) {
      throw new VodaPayError('VODAPAY_NOT_LINKED');
    }
    const moved = { ...link, accountId: to.accountId, changeKind: change.kind, changeFromAccountId: accountId };
    await this.journal.finish(moved, change);
    return change;
  }

  private plan(link: ChangeableLink, fromAccountId: string, { provenBy }: ProvenAccount): LinkChange {
    const what = { kind: 'moved', actor: 'user', reason: REASONS[provenBy], fromAccountId } as const;
    return this.journal.plan(what, { namespace: link.namespace, userId: link.vodapayUserId }, link.updatedAt);
  }

  /** Stored by an earlier try whose answer got lost. */
  private async isStored(link: ChangeableLink, change: LinkChange): Promise<boolean> {
    return (await this.changes.read(link.id))?.changeId === change.id;
  }
}
