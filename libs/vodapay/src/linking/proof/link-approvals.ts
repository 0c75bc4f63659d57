import { randomInt } from 'node:crypto';
import { isUuid } from '../../store/is-uuid.js';
import { linkCodeHash } from './check-proof.js';
import { PROOF_LIFETIME_MS, type LinkProofContext } from './link-proof-context.js';
import type { LinkTicketPurpose } from './link-ticket.entity.js';
import type { LinkTicket } from './link-ticket.repository.js';
import { newProofCode } from './proof-code.js';
import { openTicket } from './ticket-seal.js';

/** A link code to show to the signed-in owner of an account. */
export interface IssuedLinkCode {
  /** 8 characters without look-alikes; typed in any case, with blanks or hyphens. Stored nowhere. */
  readonly code: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** Somebody typed the account's link code in the mini program; its owner decides. */
export interface PendingApproval {
  readonly id: string;
  /** The first character of the wallet's nickname and two dots, `Z••`; `••` when there is none. */
  readonly nickName: string;
  /** `link`: the wallet is to open this account · `move`: the same, and it leaves the account that it opens now. */
  readonly purpose: LinkTicketPurpose;
  /** Epoch milliseconds. */
  readonly requestedAt: number;
}

/** The website's side of a pending link: what the signed-in owner of an account does. */
export class LinkApprovals {
  constructor(private readonly context: LinkProofContext) {}

  async issueLinkCode(accountId: string): Promise<IssuedLinkCode> {
    const { codes, limits, namespace, now } = this.context;
    await limits.count('link-code', namespace, accountId);
    const code = newProofCode(randomInt);
    const expiresAt = now() + PROOF_LIFETIME_MS;
    await codes.replace({ namespace, accountId, codeHash: linkCodeHash(this.context, code), expiresAt });
    return { code, expiresAt };
  }

  async pending(accountId: string): Promise<readonly PendingApproval[]> {
    const { tickets, now } = this.context;
    const waiting = await tickets.awaitingOf(accountId, this.context, now());
    return Promise.all(waiting.map((ticket) => this.toApproval(ticket)));
  }

  async approve(accountId: string, approvalId: string): Promise<boolean> {
    const { tickets, now } = this.context;
    return isUuid(approvalId) && tickets.approve(approvalId, accountId, this.context, now());
  }

  async reject(accountId: string, approvalId: string): Promise<boolean> {
    return isUuid(approvalId) && this.context.tickets.reject(approvalId, accountId, this.context);
  }

  private async toApproval(ticket: LinkTicket): Promise<PendingApproval> {
    const { profile } = await openTicket(this.context.seal, ticket);
    const [first = ''] = profile.nickName?.trim() ?? '';
    return { id: ticket.id, nickName: `${first}••`, purpose: ticket.purpose, requestedAt: ticket.requestedAt ?? 0 };
  }
}
