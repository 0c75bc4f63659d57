import { VodaPayError } from '../../errors/vodapay-error.js';
import type { LinkDelivery } from '../../errors/link-delivery.js';

/** The same words whoever asks: `delivery` alone tells how the proof comes. */
const MESSAGES: Readonly<Record<LinkDelivery, string>> = Object.freeze({
  email: 'An account may belong to this user. Prove it with the code that was sent by e-mail, or decline.',
  phone: 'An account may belong to this user. Prove it with the code that was sent by phone, or decline.',
  'link-code':
    "This user is not linked to an account. Prove one with the link code that the merchant's website shows to its " +
    'signed-in owner, or decline.',
  approval: "The link code is accepted. Approve the link on the merchant's website, then send the same request again.",
});

/** The refusal of a login or confirm that needs a proof. The ticket goes to the client only (R19). */
export function proofRequired(ticket: string, delivery: LinkDelivery): VodaPayError {
  return new VodaPayError('VODAPAY_LINK_PROOF_REQUIRED', {
    message: MESSAGES[delivery],
    refusal: { ticket, delivery },
  });
}
