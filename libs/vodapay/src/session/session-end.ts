/** What ended: one session, or all of an account or a link. */
export type SessionEnd =
  | { readonly kind: 'session'; readonly sessionId: string }
  | { readonly kind: 'account'; readonly accountId: string }
  | { readonly kind: 'link'; readonly linkId: string };
