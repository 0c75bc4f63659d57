import type { LinkEventView } from '../linking/change/link-views.js';
import type { VodaPayProfile } from '../linking/vodapay-profile.js';

/**
 * What the library stores about a person, as data that can be handed to her. Times in epoch milliseconds. Tokens and codes
 * are no information about her and are left out; that they are stored is told.
 */
export interface PersonExport {
  readonly exportedAt: number;
  readonly namespace: string;
  readonly links: readonly {
    readonly linkId: string;
    readonly clientId: string;
    /** VodaPay's subject. */
    readonly userId: string;
    /** The merchant's account id, as text; null while a first login is making the account. */
    readonly accountId: string | null;
    readonly state: string;
    readonly linkedAt: number | null;
  }[];
  readonly sessions: readonly {
    readonly id: string;
    readonly clientId: string;
    readonly createdAt: number;
    /** To the minute. */
    readonly lastSeenAt: number | null;
    readonly validatedAt: number;
    readonly expiresAt: number;
    /** Whether tokens of VodaPay are stored, sealed, with the session. */
    readonly holdsWalletTokens: boolean;
  }[];
  /** Logins that wait for a proof. */
  readonly pendingLogins: readonly {
    readonly clientId: string;
    readonly userId: string;
    readonly accountId: string | null;
    readonly state: string;
    readonly expiresAt: number;
    /** What VodaPay told, kept sealed until then; null when it opens with no configured key. */
    readonly profile: VodaPayProfile | null;
  }[];
  readonly linkCodes: readonly { readonly accountId: string; readonly expiresAt: number }[];
  /** What happened to her links, the newest first. */
  readonly events: readonly LinkEventView[];
}
