import { VodaPayAccountLink } from './linking/vodapay-account-link.entity.js';
import { VodaPaySession } from './session/vodapay-session.entity.js';

/** The library's entities, for the `entities` of your data source. */
export const VODAPAY_ENTITIES = Object.freeze([VodaPayAccountLink, VodaPaySession] as const);
