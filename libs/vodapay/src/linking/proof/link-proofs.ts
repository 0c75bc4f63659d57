import { VodaPayError } from '../../errors/vodapay-error.js';
import { isHeldReservation } from '../is-held-reservation.js';
import type { LinkLogin } from '../link-login.js';
import type { ActiveAccountLink } from '../vodapay-account-link.repository.js';
import { attachLink } from './attach-link.js';
import { checkProof, readTicket, type ProvenTicket } from './check-proof.js';
import { dropUnproven } from './drop-unproven.js';
import { issueTicket, type ProofWay } from './issue-ticket.js';
import { LinkApprovals } from './link-approvals.js';
import type { LinkProofContext } from './link-proof-context.js';
import type { LinkTicketPurpose } from './link-ticket.entity.js';
import { identityOf, type LinkTicket } from './link-ticket.repository.js';
import { openTicket, type TicketContent } from './ticket-seal.js';

/** A ticket that has been used up: whose login goes on. */
export interface UsedTicket extends TicketContent {
  readonly login: LinkLogin;
}

/** Pending links: tickets, their proofs, and what follows from a proof. One per instance of the module. */
export class LinkProofs {
  readonly approvals: LinkApprovals;

  constructor(private readonly context: LinkProofContext) {
    this.approvals = new LinkApprovals(context);
  }

  /** The refusal of a login, or the beginning of a move, that needs a proof; carries the new ticket. */
  ask(
    pending: ProofWay,
    login: LinkLogin,
    content: TicketContent,
    purpose: LinkTicketPurpose = 'link',
  ): Promise<VodaPayError> {
    return issueTicket(this.context, pending, login, content, purpose);
  }

  /** The account that ticket and code prove; throws as `checkProof`, and VODAPAY_STORE_UNAVAILABLE. */
  async check(token: string, code: unknown, purpose: LinkTicketPurpose = 'link'): Promise<ProvenTicket> {
    const proven = await checkProof(this.context, token, code, purpose);
    await this.mustNotBeReserved(proven.ticket);
    return proven;
  }

  /**
   * Carries a proof out. Each statement leaves a state from which the next login goes on: the ticket is used up, the
   * account is cleared of what its owner didn't prove, then it is linked. All that under a hold on the account: of two
   * proofs at once, one by the contact, the other is cleared away or comes later.
   */
  async complete(proven: ProvenTicket): Promise<UsedTicket & { link: ActiveAccountLink }> {
    const { accountId, provenBy } = proven;
    const { changes } = this.context;
    const { used, link } = await changes.whileHolding(accountId, async ({ mustBeHeld }) => {
      const ticket = await this.useFor(proven);
      await mustBeHeld();
      return { used: ticket, link: await attachLink(this.context, ticket.login, accountId, `proved-by-${provenBy}`) };
    });
    await changes.announce({ kind: 'linked', accountId, at: link.linkedAt });
    return { ...used, link };
  }

  /** Uses a ticket up, and clears the account as its proof demands. Call it while holding the account. */
  async useFor({ ticket, accountId, provenBy }: ProvenTicket): Promise<UsedTicket> {
    const used = await this.use(ticket);
    if (provenBy === 'contact') await dropUnproven(this.context, accountId, used.login);
    return used;
  }

  /** Uses a ticket up whose owner declines; throws VODAPAY_NOT_LINKED where it was issued by a route that never creates. */
  async decline(token: string): Promise<UsedTicket> {
    const ticket = await readTicket(this.context, token, 'link');
    const { policy } = await openTicket(this.context.seal, ticket);
    if (policy === 'existing-only') throw new VodaPayError('VODAPAY_NOT_LINKED');
    return this.use(ticket);
  }

  /** Deletes what has expired. */
  async purgeExpired(): Promise<void> {
    const { tickets, codes, limits, now } = this.context;
    await tickets.purgeExpired(now());
    await codes.purgeExpired(now());
    await limits.purgeExpired();
  }

  private async use(ticket: LinkTicket): Promise<UsedTicket> {
    const content = await openTicket(this.context.seal, ticket);
    if (!(await this.context.tickets.use(ticket, this.context.now()))) {
      throw new VodaPayError('VODAPAY_LINK_TICKET_INVALID');
    }
    return { ...content, login: { ...identityOf(ticket), clientId: ticket.clientId } };
  }

  /** Another login of this user is making an account at this moment: its end decides, and the ticket stays good. */
  private async mustNotBeReserved(ticket: LinkTicket): Promise<void> {
    const link = await this.context.links.findByIdentity(identityOf(ticket));
    if (link === undefined || !isHeldReservation(link, this.context.now())) return;
    throw new VodaPayError('VODAPAY_STORE_UNAVAILABLE', {
      message: 'Another login of this user is making an account. Try again shortly.',
      retryAfterMs: 1_000,
    });
  }
}
