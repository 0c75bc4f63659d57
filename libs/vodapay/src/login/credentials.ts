/** The kinds of proof that a request can bring. */
export type CredentialKind = 'authCode' | 'session' | 'accessToken';

/** The one proof that a request brought. */
export type Credentials = {
  readonly [K in CredentialKind]: { readonly kind: K; readonly value: string };
}[CredentialKind];

/** Where a request may carry a proof; each transport fills it from its own form. */
export interface CredentialSources {
  /** The value of `Authorization`. */
  readonly authorization?: string | undefined;
  /** The parsed body; only its own `authCode` is looked at, and only where the route takes one. */
  readonly body?: unknown;
}

/** What a route asks of the request. */
export interface AuthenticationRequirements {
  /**
   * Kinds of credentials that the route takes. Default: the session token, and the raw access token where the module
   * option `credentials.accessToken` is on. `accessToken` here has no effect while that option is off.
   */
  readonly credentials?: readonly CredentialKind[];
  /**
   * Whether a due session asks the wallet first. `false` is for routes that only end something, such as a sign-out: they
   * must work while the wallet is away or the account is disabled. Default true.
   */
  readonly revalidate?: boolean;
}
