import { VodaPayAccountHold } from './linking/change/vodapay-account-hold.entity.js';
import { VodaPayLinkEvent } from './linking/change/vodapay-link-event.entity.js';
import { VodaPayAccountLink } from './linking/vodapay-account-link.entity.js';
import { VodaPayLinkAttempt } from './linking/proof/link-attempt.entity.js';
import { VodaPayLinkCode } from './linking/proof/link-code.entity.js';
import { VodaPayLinkTicket } from './linking/proof/link-ticket.entity.js';
import { VodaPaySession } from './session/vodapay-session.entity.js';

/** The library's entities, for the `entities` of your data source. */
export const VODAPAY_ENTITIES = Object.freeze([
  VodaPayAccountLink,
  VodaPaySession,
  VodaPayLinkEvent,
  VodaPayAccountHold,
  VodaPayLinkTicket,
  VodaPayLinkAttempt,
  VodaPayLinkCode,
] as const);
