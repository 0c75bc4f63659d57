import { randomBytes, randomInt } from 'node:crypto';
import { VodaPayError } from '../../errors/vodapay-error.js';
import { uuidV7 } from '../../store/uuid-v7.js';
import { nativeAccountId } from '../account-id.js';
import type { LinkLogin } from '../link-login.js';
import { withinTime } from '../../within-time.js';
import type { LinkCandidate } from './find-candidates.js';
import { keyedHash } from './keyed-hash.js';
import { PROOF_LIFETIME_MS, type LinkProofContext } from './link-proof-context.js';
import type { LinkTicket } from './link-ticket.repository.js';
import type { LinkTicketPurpose } from './link-ticket.entity.js';
import { newProofCode } from './proof-code.js';
import { proofRequired } from './proof-required.js';
import { hashTicketToken, newTicketToken } from './ticket-token.js';
import { sealTicket, type TicketContent } from './ticket-seal.js';

/** How long the merchant's sender may take. Milliseconds. */
const SEND_WITHIN_MS = 10_000;

/** How the account's side is to be proven. */
export type ProofWay = { readonly by: 'contact'; readonly candidate: LinkCandidate } | { readonly by: 'link-code' };

/**
 * Issues the ticket of a pending link and returns the refusal that carries it. It replaces the identity's older ticket,
 * so one code is good at a time. A send is counted before the older ticket goes: who may not send keeps what she has.
 */
export async function issueTicket(
  context: LinkProofContext,
  pending: ProofWay,
  login: LinkLogin,
  content: TicketContent,
  purpose: LinkTicketPurpose,
): Promise<VodaPayError> {
  const token = newTicketToken(randomBytes);
  const now = context.now();
  const ticket = blank(login, token, purpose, now);
  switch (pending.by) {
    case 'link-code':
      await store(context, { ...ticket, state: 'link-code' }, content);
      return proofRequired(token, 'link-code');
    case 'contact': {
      const { candidate } = pending;
      await countSend(context, login, candidate.id);
      const code = newProofCode(randomInt);
      const codeHash = contactCodeHash(context, ticket, candidate.id, code);
      await store(context, { ...ticket, state: 'contact', accountId: candidate.id, codeHash }, content);
      await send(context, candidate, code, ticket);
      return proofRequired(token, candidate.contact);
    }
  }
}

/** A code that was sent proves one account for one ticket, whose row is of one identity. */
export function contactCodeHash(
  { correlationKey }: LinkProofContext,
  { id, purpose }: Pick<LinkTicket, 'id' | 'purpose'>,
  accountId: string,
  code: string,
): string {
  return keyedHash(correlationKey, 'contact-code', purpose, id, accountId, code);
}

type BlankTicket = Omit<LinkTicket, 'sealed' | 'state'>;

function blank(
  { namespace, userId, clientId }: LinkLogin,
  token: string,
  purpose: LinkTicketPurpose,
  now: number,
): BlankTicket {
  return {
    id: uuidV7(now, randomBytes(10)),
    namespace,
    vodapayUserId: userId,
    clientId,
    tokenHash: hashTicketToken(token),
    purpose,
    accountId: null,
    codeHash: null,
    requestedAt: null,
    expiresAt: now + PROOF_LIFETIME_MS,
  };
}

async function store(
  { tickets, seal }: LinkProofContext,
  ticket: Omit<LinkTicket, 'sealed'>,
  content: TicketContent,
): Promise<void> {
  await tickets.replace({ ...ticket, sealed: await sealTicket(seal, ticket, content) });
}

async function countSend({ limits }: LinkProofContext, login: LinkLogin, accountId: string): Promise<void> {
  await limits.count('send', login.namespace, login.userId, accountId);
  await limits.count('send-to-account', login.namespace, accountId);
}

async function send(
  { sender, directory, merchantName }: LinkProofContext,
  { id, contact }: LinkCandidate,
  code: string,
  { expiresAt, purpose }: BlankTicket,
): Promise<void> {
  const accountId = nativeAccountId(id, directory);
  try {
    if (sender === undefined) throw new TypeError('There is no LinkProofSender: set the option linking.proofSender.');
    const sent = sender.send({ accountId, contact, code, expiresAt, purpose, merchantName });
    await withinTime(Promise.resolve(sent), SEND_WITHIN_MS, tooSlow);
  } catch {
    // The sender's own error may repeat the code or the contact (R19), so it goes no further.
    throw new VodaPayError('VODAPAY_LINK_PROOF_NOT_SENT');
  }
}

function tooSlow(): Error {
  return new Error(`LinkProofSender.send did not end within ${SEND_WITHIN_MS} ms.`);
}
