import { Inject, Injectable } from '@nestjs/common';
import { VodaPayError } from '../errors/vodapay-error.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { VODAPAY_CLOCK, VODAPAY_OPTIONS } from '../vodapay.tokens.js';
import type { AccountDirectory, AccountStatus } from './account-directory.js';
import { accountIdText, nativeAccountId } from './account-id.js';
import { askDirectory } from './ask-directory.js';
import { LinkChanges } from './change/link-changes.js';
import { toLinkView, type LinkEventsPage, type LinkEventView, type LinkView } from './change/link-views.js';
import { accountProvenBy, type ProvenAccount } from './change/proven-account.js';
import type { SignedInUser } from './change/recent-sign-in.js';
import type { LinkingPolicy } from './decide-link.js';
import { FirstLogin } from './first-login.js';
import { FirstLoginOrTicket } from './first-login-or-ticket.js';
import type { LinkLogin } from './link-login.js';
import type { LinkedLogin, ResumedLogin } from './linked-login.js';
import { readAccountStatus } from './read-account-status.js';
import { toLinkPreview, type LinkPreview } from './link-preview.js';
import type { IssuedLinkCode, PendingApproval } from './proof/link-approvals.js';
import { findCandidates } from './proof/find-candidates.js';
import { LinkProofs } from './proof/link-proofs.js';
import { movingTicket, type RequestedMove } from './proof/requested-move.js';
import { ProfileSync } from './profile-sync.js';
import { untilAborted } from '../until-aborted.js';
import { isActive, VodaPayAccountLinkRepository } from './vodapay-account-link.repository.js';
import type { VodaPayProfile } from './vodapay-profile.js';

/** What a login hands over to be given back when its ticket is used, and when to stop waiting. */
interface LinkAtLoginOptions {
  /** Stops this caller's waiting; a first login under way still ends well. */
  readonly signal?: AbortSignal;
  /** Kept sealed in the ticket, if the login needs a proof first. */
  readonly carried?: string;
  /** For this login, in the place of the module's. */
  readonly policy?: LinkingPolicy;
  /** Stands in the log lines of this login as it is, and joins them with others of yours. Default: a random one. */
  readonly correlationId?: string;
}

/** Links VodaPay users to the merchant's accounts. The rules: `docs/linking.md`. */
@Injectable()
export class VodaPayLinkingService {
  private readonly directory: AccountDirectory<string | number>;
  private readonly firstLogin: FirstLogin;
  private readonly profileSync: ProfileSync;
  private readonly firstLogins: FirstLoginOrTicket;

  constructor(
    private readonly links: VodaPayAccountLinkRepository,
    @Inject(VODAPAY_OPTIONS)
    private readonly options: Pick<ResolvedVodaPayOptions, 'accounts' | 'linking' | 'namespace' | 'clientId'>,
    @Inject(VODAPAY_CLOCK) private readonly now: () => number,
    private readonly proofs: LinkProofs,
    private readonly changes: LinkChanges,
  ) {
    this.profileSync = new ProfileSync(options.linking.profileSync, options.accounts);
    this.directory = options.accounts;
    this.firstLogin = new FirstLogin(
      links,
      options.accounts,
      options.linking.policy,
      changes.journal,
      this.profileSync,
      now,
    );
    this.firstLogins = new FirstLoginOrTicket(this.firstLogin, proofs);
  }

  /**
   * The account of a VodaPay user who has just proven who she is. A returning user costs one read; a first login makes
   * the account once, however many come in parallel and over however many processes (I1).
   *
   * @throws VodaPayError VODAPAY_LINK_PROOF_REQUIRED (its `refusal` carries the ticket), VODAPAY_TOO_MANY_ATTEMPTS,
   * VODAPAY_LINK_PROOF_NOT_SENT, VODAPAY_LINK_ORPHANED, VODAPAY_ACCOUNT_DISABLED, VODAPAY_ACCOUNT_EXISTS,
   * VODAPAY_ACCOUNT_DIRECTORY_FAILED, VODAPAY_STORE_UNAVAILABLE, VODAPAY_STORE_FAILED, VODAPAY_REQUEST_ABORTED,
   * VODAPAY_USER_ID_UNUSABLE
   */
  async linkAtLogin(
    login: LinkLogin,
    profile: VodaPayProfile,
    { signal, carried = '', policy = this.options.linking.policy, correlationId }: LinkAtLoginOptions = {},
  ): Promise<LinkedLogin> {
    const known = await untilAborted(this.links.findByIdentity(login), signal);
    const { link, outcome } = isActive(known)
      ? { link: known, outcome: 'existing' as const }
      : await this.firstLogins.run(
          { login, profile, carried, policy },
          known,
          { policy, reason: 'first-login' },
          { signal, correlationId },
        );
    const account = await untilAborted(this.mustBeActive(link.accountId), signal);
    if (outcome === 'existing') this.profileSync.afterLogin(link.accountId, profile, correlationId);
    return toLinkedLogin(link, outcome, account);
  }

  /**
   * What a login of this user would do now, in words and a code. Writes nothing and sends nothing (I7).
   *
   * @param profile as VodaPay tells it, or what is known of it
   */
  async preview(profile: VodaPayProfile): Promise<LinkPreview> {
    const { namespace, clientId } = this.options;
    return toLinkPreview(await this.firstLogin.preview({ namespace, clientId, userId: profile.userId }, profile));
  }

  /**
   * Goes on with a login that was refused with VODAPAY_LINK_PROOF_REQUIRED: links the account that ticket and code prove.
   * The ticket is used once, however many requests bring it. A link code is answered with VODAPAY_LINK_PROOF_REQUIRED
   * (delivery `approval`) until the account's owner has approved: ask again with the same ticket and code.
   *
   * @throws VodaPayError VODAPAY_LINK_TICKET_INVALID, VODAPAY_LINK_PROOF_INVALID, VODAPAY_LINK_PROOF_REQUIRED,
   * VODAPAY_TOO_MANY_ATTEMPTS, VODAPAY_CREDENTIALS_MALFORMED, VODAPAY_ACCOUNT_DISABLED, VODAPAY_LINK_ORPHANED,
   * VODAPAY_ACCOUNT_DIRECTORY_FAILED, VODAPAY_STORE_UNAVAILABLE, VODAPAY_STORE_FAILED
   */
  async confirm(ticket: string, code: string): Promise<ResumedLogin> {
    const proven = await this.proofs.check(ticket, code);
    const account = await this.mustBeActive(proven.accountId);
    const { link, profile, carried } = await this.proofs.complete(proven);
    this.profileSync.afterLogin(link.accountId, profile);
    return { ...toLinkedLogin(link, 'linked', account), profile, carried };
  }

  /**
   * Goes on with a login that was refused with VODAPAY_LINK_PROOF_REQUIRED: a fresh account instead of the one found.
   *
   * @throws VodaPayError VODAPAY_LINK_TICKET_INVALID, VODAPAY_NOT_LINKED under the policy `existing-only` (the module's,
   * or that of the route which issued the ticket), and as `linkAtLogin`
   */
  async decline(ticket: string): Promise<ResumedLogin> {
    if (this.options.linking.policy === 'existing-only') throw new VodaPayError('VODAPAY_NOT_LINKED');
    const used = await this.proofs.decline(ticket);
    const known = await this.links.findByIdentity(used.login);
    const { link, outcome } = isActive(known)
      ? { link: known, outcome: 'existing' as const }
      : await this.firstLogins.run(used, known, { policy: 'create', reason: 'declined' });
    const account = await this.mustBeActive(link.accountId);
    return { ...toLinkedLogin(link, outcome, account), profile: used.profile, carried: used.carried };
  }

  /**
   * A link code for the signed-in owner of an account to type in the mini program; good for ten minutes, a newer one
   * replaces it. Call it for a session of your own website that is recent (R23), never for an id that a request names.
   *
   * @throws VodaPayError VODAPAY_TOO_MANY_ATTEMPTS beyond 10 codes a day, VODAPAY_ACCOUNT_DISABLED, VODAPAY_LINK_ORPHANED
   */
  async issueLinkCode(accountId: string | number): Promise<IssuedLinkCode> {
    const id = accountIdText(accountId, this.directory);
    await this.mustBeActive(id);
    return this.proofs.approvals.issueLinkCode(id);
  }

  /** Who typed the account's link code and waits for its owner. Show nickname and time, and ask. */
  pendingApprovals(accountId: string | number): Promise<readonly PendingApproval[]> {
    return this.proofs.approvals.pending(accountIdText(accountId, this.directory));
  }

  /** Lets the waiting mini program link. False when nothing with this id waits for this account (any more). */
  approve(accountId: string | number, approvalId: string): Promise<boolean> {
    return this.proofs.approvals.approve(accountIdText(accountId, this.directory), approvalId);
  }

  /** Ends the waiting ticket. False when nothing with this id waits for this account (any more). */
  reject(accountId: string | number, approvalId: string): Promise<boolean> {
    return this.proofs.approvals.reject(accountIdText(accountId, this.directory), approvalId);
  }

  /** Deletes expired tickets, link codes and counters. Call it now and then, say daily; nothing here runs on a timer. */
  purgeExpiredProofs(): Promise<void> {
    return this.proofs.purgeExpired();
  }

  /** The account's VodaPay links, oldest first. */
  async linksOf(accountId: string | number): Promise<readonly LinkView[]> {
    const account = { namespace: this.options.namespace, accountId: accountIdText(accountId, this.directory) };
    return (await this.links.findByAccount(account)).map(toLinkView);
  }

  /** What happened to the account's links, newest first, as long as `linking.eventRetentionMs` keeps it. */
  events(accountId: string | number, page: LinkEventsPage = {}): Promise<readonly LinkEventView[]> {
    return this.changes.journal.eventsOf(accountIdText(accountId, this.directory), page);
  }

  /**
   * Removes a link for its owner: its sessions end, the owner is told, and the VodaPay user is free for a fresh account
   * (R17). A `VodaPayPrincipal` will do; your own website gives its account, a link of `linksOf` and when she signed in.
   *
   * @throws VodaPayError VODAPAY_REAUTHENTICATION_REQUIRED beyond `linking.recentSignInMs`, VODAPAY_NOT_LINKED when the
   * account has no such link, VODAPAY_LAST_SIGN_IN_METHOD (I4), VODAPAY_ACCOUNT_DIRECTORY_FAILED,
   * VODAPAY_STORE_UNAVAILABLE, VODAPAY_STORE_FAILED
   *
   * @example
   * await linking.unlink(principal);
   */
  unlink(user: SignedInUser): Promise<void> {
    return this.changes.unlink(user);
  }

  /**
   * Gives the user's VodaPay link to another account of hers, in one step: both sides are proven, the link's sessions
   * end, both accounts are told. The account that it leaves may keep no way to sign in.
   *
   * @param to made by `accountProvenBy`
   * @throws VodaPayError VODAPAY_REAUTHENTICATION_REQUIRED when one of both proofs is older than
   * `linking.recentSignInMs`, VODAPAY_NOT_LINKED, VODAPAY_LINK_ORPHANED or VODAPAY_ACCOUNT_DISABLED for the other
   * account, VODAPAY_ACCOUNT_DIRECTORY_FAILED, VODAPAY_STORE_UNAVAILABLE, VODAPAY_STORE_FAILED
   */
  async move(user: SignedInUser, to: ProvenAccount): Promise<void> {
    await this.changes.move(user, to, () => this.mustBeActive(to.accountId));
  }

  /**
   * Begins to move the user's VodaPay link to another account of hers that she proves by a code: one sent to its contact,
   * where exactly one other account has a verified contact of `profile`, else a link code of its website. Answer the
   * client with it as a login does, and go on with `confirmMove`.
   *
   * @param profile what VodaPay told at her sign-in; without it only a link code proves the account
   * @throws VodaPayError VODAPAY_REAUTHENTICATION_REQUIRED, VODAPAY_NOT_LINKED, VODAPAY_TOO_MANY_ATTEMPTS,
   * VODAPAY_LINK_PROOF_NOT_SENT, VODAPAY_ACCOUNT_DIRECTORY_FAILED, VODAPAY_STORE_UNAVAILABLE, VODAPAY_STORE_FAILED
   */
  async requestMove(user: SignedInUser, profile?: VodaPayProfile): Promise<RequestedMove> {
    const { namespace, vodapayUserId: userId, clientId } = await this.changes.recentLinkOf(user);
    const about = { ...profile, userId };
    const found = await findCandidates(this.directory, about);
    const [candidate, ...more] = found.filter(({ id }) => id !== user.accountId);
    const isOne = candidate !== undefined && more.length === 0;
    const way = isOne ? ({ by: 'contact', candidate } as const) : ({ by: 'link-code' } as const);
    const content = { profile: about, carried: '' };
    return movingTicket(await this.proofs.ask(way, { namespace, userId, clientId }, content, 'move'));
  }

  /**
   * Carries the move of `requestMove` out, as `move` does. A link code is answered with VODAPAY_LINK_PROOF_REQUIRED
   * (delivery `approval`) until the other account's owner has approved: ask again with the same ticket and code.
   *
   * @throws VodaPayError as `confirm` and `move`
   */
  async confirmMove(user: SignedInUser, ticket: string, code: string): Promise<void> {
    const { vodapayUserId } = await this.changes.recentLinkOf(user);
    const proven = await this.proofs.check(ticket, code, 'move');
    if (proven.ticket.vodapayUserId !== vodapayUserId) throw new VodaPayError('VODAPAY_LINK_TICKET_INVALID');
    const to = accountProvenBy(proven.provenBy, proven.accountId, this.now());
    await this.changes.move(
      user,
      to,
      () => this.mustBeActive(to.accountId),
      () => this.proofs.useFor(proven),
    );
  }

  /**
   * Runs your removal of another way to sign in, such as deleting a password, unless it is the account's last one, and
   * with no other removal at the same time, of a link or of yours (I4). Every such removal must go through here.
   *
   * @param remove removes one; stops when its signal is aborted: the turn was lost
   * @throws VodaPayError VODAPAY_LAST_SIGN_IN_METHOD, VODAPAY_ACCOUNT_DIRECTORY_FAILED, VODAPAY_STORE_UNAVAILABLE,
   * VODAPAY_STORE_FAILED, and whatever `remove` throws
   *
   * @example
   * await linking.removeSignInMethod(accountId, () => this.passwords.delete({ accountId }));
   */
  removeSignInMethod(accountId: string | number, remove: (signal: AbortSignal) => Promise<void>): Promise<void> {
    return this.changes.removeOther(accountIdText(accountId, this.directory), remove);
  }

  /** Call it when you delete an account: its links and their sessions end, and its id leaves the events (R17). */
  removeAccount(accountId: string | number): Promise<void> {
    return this.changes.removeAccount(accountIdText(accountId, this.directory));
  }

  /**
   * Writes the events that killed processes still owe, and deletes those older than `linking.eventRetentionMs`. Call it
   * now and then, say daily; nothing here runs on a timer.
   */
  maintain(): Promise<{ readonly settled: number; readonly purged: number }> {
    return this.changes.maintain();
  }

  /** The account's status; refused with VODAPAY_LINK_ORPHANED when it is gone (R16), VODAPAY_ACCOUNT_DISABLED (R24). */
  async mustBeActive(accountId: string): Promise<AccountStatus> {
    const id = nativeAccountId(accountId, this.directory);
    const account = await askDirectory(async () => readAccountStatus(await this.directory.find(id)));
    if (account === undefined) throw new VodaPayError('VODAPAY_LINK_ORPHANED');
    switch (account.state) {
      case 'active':
        return account;
      case 'disabled':
        throw new VodaPayError('VODAPAY_ACCOUNT_DISABLED');
    }
  }
}

function toLinkedLogin(
  { id, accountId, linkedAt }: LinkedLogin['link'],
  outcome: LinkedLogin['outcome'],
  account: AccountStatus,
): LinkedLogin {
  return { link: { id, accountId, linkedAt }, outcome, account };
}
