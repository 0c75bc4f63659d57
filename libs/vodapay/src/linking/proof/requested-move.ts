import type { LinkDelivery } from '../../errors/link-delivery.js';
import type { VodaPayError } from '../../errors/vodapay-error.js';

/** A move that waits for the proof of the account it goes to. */
export interface RequestedMove {
  /** For the client only: as secret as a session token. */
  readonly ticket: string;
  /** How the proof comes. */
  readonly delivery: LinkDelivery;
}

/** What the refusal of a login would carry. */
export function movingTicket(refusal: VodaPayError): RequestedMove {
  if (refusal.refusal === undefined) throw refusal;
  return refusal.refusal as RequestedMove;
}
