import type { LinkingPolicy } from '../linking/decide-link.js';
import type { VodaPayScope } from '../protocol/scopes.js';

/** The kinds of proof that a request can bring. */
export const CREDENTIAL_KINDS = ['authCode', 'session', 'accessToken'] as const;

export type CredentialKind = (typeof CREDENTIAL_KINDS)[number];

/** The one proof that a request brought. */
export type Credentials = {
  readonly [K in CredentialKind]: { readonly kind: K; readonly value: string };
}[CredentialKind];

/** Where a request may carry a proof; each transport fills it from its own form. */
export interface CredentialSources {
  /**
   * The value of `Authorization`; a list where the transport has several places for it. The client writes it, so it may
   * be anything; `undefined` is nothing.
   */
  readonly authorization?: unknown;
  /** The parsed body; only its own `authCode` is looked at, and only where the route takes one. */
  readonly body?: unknown;
}

/** What a route asks of a request. */
export interface AuthenticationRequirements {
  /**
   * Kinds of credentials that the route takes. Default: the session token, and the raw access token where the module
   * option `credentials.accessToken` is on. `accessToken` here has no effect while that option is off.
   */
  readonly credentials?: readonly CredentialKind[];
  /**
   * Lets a request without any credentials through; `@VodaPayUser()` is `undefined` then. Credentials that don't count are
   * refused all the same. Default false.
   */
  readonly optional?: boolean;
  /**
   * How long ago the user may have signed in with an auth code, in milliseconds from 1. An older session is refused with
   * VODAPAY_REAUTHENTICATION_REQUIRED, and so is a raw access token, which doesn't tell. Default: no bound.
   */
  readonly freshWithinMs?: number;
  /**
   * Scopes whose data VodaPay must have released, else VODAPAY_SCOPE_INSUFFICIENT; what `@RequireScopes()` says is added.
   * Default: none.
   */
  readonly scopes?: readonly VodaPayScope[];
  /**
   * What the first login of an unknown user does on this route, in the place of the module's `linking.policy`: as strict
   * or stricter (`create`, `ask`, `existing-only`). Only where the route takes auth codes or access tokens. Default: the
   * module's.
   */
  readonly linking?: LinkingPolicy;
  /**
   * Whether a due session asks the wallet first. `false` is for routes that only end something, such as a sign-out: they
   * must work while the wallet is away or the account is disabled. Default true.
   */
  readonly revalidate?: boolean;
}
