import { createHash } from 'node:crypto';
import { VodaPayError } from '../../errors/vodapay-error.js';

const FORM = /^vpt_[A-Za-z0-9_-]{43}$/;

/** A new link ticket of 256 random bits. */
export function newTicketToken(randomBytes: (size: number) => Buffer): string {
  return `vpt_${randomBytes(32).toString('base64url')}`;
}

/** What is stored of a ticket: SHA-256, 64 hex digits. Throws VODAPAY_CREDENTIALS_MALFORMED or _LINK_TICKET_INVALID. */
export function hashTicketToken(token: unknown): string {
  if (typeof token !== 'string') {
    throw new VodaPayError('VODAPAY_CREDENTIALS_MALFORMED', { message: 'The ticket must be the text of the login.' });
  }
  if (!FORM.test(token)) throw new VodaPayError('VODAPAY_LINK_TICKET_INVALID');
  return createHash('sha256').update(token).digest('hex');
}
