/** What asking VodaPay for an auth code came to. */
export type CodeAnswer =
  | { readonly kind: 'code'; readonly authCode: string }
  /** The customer would rather not. No failure: the shop stays open. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed' };

/** The way to VodaPay's `my.getAuthCode`. */
export interface Bridge {
  getAuthCode(scopes: readonly string[]): Promise<CodeAnswer>;
}
