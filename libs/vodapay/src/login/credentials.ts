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
