import type { VodaPayProfile } from '../linking/vodapay-profile.js';
import type { VodaPayScope } from '../protocol/scopes.js';
import type { CredentialKind } from './credentials.js';

/** The session of a principal. */
export interface VodaPayPrincipalSession {
  readonly id: string;
  /** Absolute end, epoch milliseconds. */
  readonly expiresAt: number;
  /** Only right after the sign-in that opened it, and not enumerable: it goes to its user and into no log. */
  readonly token?: string;
}

/** Who the request belongs to: frozen, on `request.user`. Holds no token of the wallet. */
export interface VodaPayPrincipal {
  /** The merchant's account id, as text. */
  readonly accountId: string;
  /** Id of the link between account and VodaPay user. */
  readonly linkId: string;
  /** VodaPay's subject; an identity only together with `namespace`. */
  readonly userId: string;
  readonly namespace: string;
  readonly clientId: string;
  /** When account and VodaPay user were linked, epoch milliseconds. */
  readonly linkedAt: number;
  /** When the user signed in with an auth code, epoch milliseconds. Absent for a raw access token, which doesn't tell. */
  readonly authenticatedAt?: number;
  /** Which proof the request brought; `linkTicket`: the ticket of a login that had to prove an account first. */
  readonly credential: CredentialKind | 'linkTicket';
  /** `created`: this sign-in made the account; `linked`: it linked the one that was proven. Absent on a request with a session. */
  readonly outcome?: 'created' | 'existing' | 'linked';
  /** Fields the account still lacks, in the merchant's words. Absent on a request with a session: nobody was asked. */
  readonly missing?: readonly string[];
  /**
   * The scopes whose data VodaPay released: at this sign-in, or when it last confirmed the session. What is missing was
   * not granted, or there was nothing to release.
   */
  readonly scopes: readonly VodaPayScope[];
  /** Absent for a raw access token. */
  readonly session?: VodaPayPrincipalSession;
  /** What VodaPay told in this request. Absent on a request with a session; not enumerable: it holds personal data. */
  readonly profile?: VodaPayProfile;
}

/** What must not travel when a principal is serialised or logged. */
export interface HiddenFromPrincipal {
  readonly sessionToken?: string;
  readonly profile?: VodaPayProfile;
}

/** Freezes a principal and hides what must not be serialised with it. */
export function toPrincipal(visible: VodaPayPrincipal, hidden: HiddenFromPrincipal = {}): VodaPayPrincipal {
  const principal: Writable<VodaPayPrincipal> = { ...visible };
  if (visible.session !== undefined) {
    principal.session = Object.freeze(withHidden({ ...visible.session }, 'token', hidden.sessionToken));
  }
  return Object.freeze(withHidden(principal, 'profile', hidden.profile));
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function withHidden<T extends object>(target: T, key: string, value: unknown): T {
  return value === undefined ? target : Object.defineProperty(target, key, { value, enumerable: false });
}
