import { CreateVodaPayAccountLink1763856000000 } from './linking/migrations/1763856000000-create-vodapay-account-link.js';
import { CreateVodaPaySession1763856000001 } from './session/migrations/1763856000001-create-vodapay-session.js';

/** The library's migrations, for the `migrations` of your data source. */
export const VODAPAY_MIGRATIONS = Object.freeze([
  CreateVodaPayAccountLink1763856000000,
  CreateVodaPaySession1763856000001,
] as const);
