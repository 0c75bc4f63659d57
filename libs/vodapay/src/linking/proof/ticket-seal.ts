import type { LinkingPolicy } from '../decide-link.js';
import type { VodaPayProfile } from '../vodapay-profile.js';
import type { LinkTicket } from './link-ticket.repository.js';

/** What seals secrets for storage; `SecretBox` of the sessions is one. */
export interface TicketSeal {
  seal(secret: string, place: TicketPlace): Promise<string>;
  open(sealed: string, place: TicketPlace): Promise<string>;
}

interface TicketPlace {
  readonly namespace: string;
  readonly clientId: string;
  readonly table: string;
  readonly rowId: string;
  readonly column: string;
}

/** What a ticket keeps for the user's return. */
export interface TicketContent {
  readonly profile: VodaPayProfile;
  /** Text of the login's own, given back unread: the wallet's tokens. */
  readonly carried: string;
  /** Under which the ticket was issued: it holds for a decline too. Tickets of an earlier version don't tell. */
  readonly policy?: LinkingPolicy;
}

type Place = Pick<LinkTicket, 'id' | 'namespace' | 'clientId'>;

export function sealTicket(seal: TicketSeal, ticket: Place, content: TicketContent): Promise<string> {
  return seal.seal(JSON.stringify(content), placeOf(ticket));
}

/** Throws VODAPAY_SEALED_TOKEN_UNREADABLE. */
export async function openTicket(seal: TicketSeal, ticket: Place & Pick<LinkTicket, 'sealed'>): Promise<TicketContent> {
  return JSON.parse(await seal.open(ticket.sealed, placeOf(ticket))) as TicketContent;
}

function placeOf({ id, namespace, clientId }: Place): TicketPlace {
  return { namespace, clientId, table: 'vodapay_link_ticket', rowId: id, column: 'sealed' };
}
