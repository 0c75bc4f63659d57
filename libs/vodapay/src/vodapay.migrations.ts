import { CreateVodaPayAccountLink1763856000000 } from './linking/migrations/1763856000000-create-vodapay-account-link.js';
import { CreateVodaPayLinkProof1763856000010 } from './linking/migrations/1763856000010-create-vodapay-link-proof.js';
import { CreateVodaPayLinkEvent1763856000020 } from './linking/migrations/1763856000020-create-vodapay-link-event.js';
import { ScopeAccountIds1763856000040 } from './linking/migrations/1763856000040-scope-account-ids.js';
import { CreateVodaPaySession1763856000001 } from './session/migrations/1763856000001-create-vodapay-session.js';
import { AddVodaPaySessionLastSeen1763856000002 } from './session/migrations/1763856000002-add-session-last-seen.js';
import { AddVodaPaySessionScopes1763856000030 } from './session/migrations/1763856000030-add-session-scopes.js';

/** The library's migrations, for the `migrations` of your data source. */
export const VODAPAY_MIGRATIONS = Object.freeze([
  CreateVodaPayAccountLink1763856000000,
  CreateVodaPaySession1763856000001,
  AddVodaPaySessionLastSeen1763856000002,
  CreateVodaPayLinkProof1763856000010,
  CreateVodaPayLinkEvent1763856000020,
  AddVodaPaySessionScopes1763856000030,
  ScopeAccountIds1763856000040,
] as const);
