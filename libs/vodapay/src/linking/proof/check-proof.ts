import { VodaPayError } from '../../errors/vodapay-error.js';
import { contactCodeHash } from './issue-ticket.js';
import { isSameHash, keyedHash } from './keyed-hash.js';
import type { LinkProofContext } from './link-proof-context.js';
import type { LinkTicket } from './link-ticket.repository.js';
import type { LinkTicketPurpose } from './link-ticket.entity.js';
import { readProofCode } from './proof-code.js';
import { proofRequired } from './proof-required.js';
import { hashTicketToken } from './ticket-token.js';

/** A ticket whose account has been proven from the account's side (R4). */
export interface ProvenTicket {
  readonly ticket: LinkTicket;
  readonly accountId: string;
  readonly provenBy: 'contact' | 'link-code';
}

/** The ticket behind the token. Throws VODAPAY_LINK_TICKET_INVALID when there is none for this that is still good. */
export async function readTicket(
  context: LinkProofContext,
  token: unknown,
  purpose: LinkTicketPurpose,
): Promise<LinkTicket> {
  const ticket = await context.tickets.find(hashTicketToken(token), context);
  const isGood = ticket?.purpose === purpose && ticket.expiresAt > context.now();
  if (!isGood) throw new VodaPayError('VODAPAY_LINK_TICKET_INVALID');
  return ticket;
}

/**
 * Judges a code that came with a ticket. Every try is counted before it is judged, except the return of the mini program
 * that asks whether the link has been approved. Changes nothing but an accepted link code, which is used up.
 *
 * @throws VodaPayError VODAPAY_LINK_TICKET_INVALID, VODAPAY_LINK_PROOF_INVALID, VODAPAY_LINK_PROOF_REQUIRED (an approval
 * is needed), VODAPAY_TOO_MANY_ATTEMPTS, VODAPAY_CREDENTIALS_MALFORMED
 */
export async function checkProof(
  context: LinkProofContext,
  token: string,
  typed: unknown,
  purpose: LinkTicketPurpose,
): Promise<ProvenTicket> {
  const code = readProofCode(typed);
  const ticket = await readTicket(context, token, purpose);
  const asLinkCode = linkCodeHash(context, code);
  if (hasAccepted(ticket, asLinkCode)) {
    if (ticket.state === 'awaiting') throw proofRequired(token, 'approval');
    return { ticket, accountId: ticket.accountId, provenBy: 'link-code' };
  }
  const triesLeft = await countTry(context, ticket);
  if (isContactCode(context, ticket, code)) return { ticket, accountId: ticket.accountId, provenBy: 'contact' };
  if (await acceptLinkCode(context, ticket, asLinkCode)) throw proofRequired(token, 'approval');
  throw new VodaPayError('VODAPAY_LINK_PROOF_INVALID', triesLeft > 0 ? { next: 'retry' } : {});
}

/** Independent of the account, so that the code finds it; good in this instance only (R14). */
export function linkCodeHash({ correlationKey, namespace, clientId }: LinkProofContext, code: string): string {
  return keyedHash(correlationKey, 'link-code', 'link', namespace, clientId, code);
}

type NamedTicket = LinkTicket & { readonly accountId: string };

function hasAccepted(ticket: LinkTicket, codeHash: string): ticket is NamedTicket {
  if (ticket.state !== 'awaiting' && ticket.state !== 'approved') return false;
  return ticket.accountId !== null && ticket.codeHash !== null && isSameHash(ticket.codeHash, codeHash);
}

function isContactCode(context: LinkProofContext, ticket: LinkTicket, code: string): ticket is NamedTicket {
  if (ticket.state !== 'contact' || ticket.accountId === null || ticket.codeHash === null) return false;
  return isSameHash(ticket.codeHash, contactCodeHash(context, ticket, ticket.accountId, code));
}

async function countTry({ limits }: LinkProofContext, ticket: LinkTicket): Promise<number> {
  const { namespace, vodapayUserId, accountId } = ticket;
  const left = await limits.count('try', namespace, vodapayUserId, accountId ?? '-');
  if (accountId === null) return left;
  return Math.min(left, await limits.count('try-of-account', namespace, accountId));
}

/**
 * Binds the ticket to the account that shows this link code. The code is used up first: a crash in between costs the user
 * a new code, and no code serves two tickets. A ticket that names an account takes that account's code only.
 */
async function acceptLinkCode(context: LinkProofContext, ticket: LinkTicket, codeHash: string): Promise<boolean> {
  const { codes, limits, namespace, now } = context;
  const code = await codes.find(codeHash, namespace);
  if (code === undefined || code.expiresAt <= now()) return false;
  if (ticket.accountId !== null && ticket.accountId !== code.accountId) return false;
  if (ticket.accountId === null) await limits.count('try-of-account', namespace, code.accountId);
  if (!(await codes.use(code, now()))) return false;
  if (await context.tickets.await(ticket, code.accountId, codeHash, now())) return true;
  throw new VodaPayError('VODAPAY_LINK_TICKET_INVALID');
}
