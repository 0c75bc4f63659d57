/** The sessions, as far as linking ends them: the port that `session/` implements. */
export abstract class LinkSessions {
  /** Ends this instance's sessions of the account. */
  abstract endByAccount(accountId: string): Promise<number>;

  /** Ends the sessions that were opened through this link for this account. */
  abstract endByLinkAndAccount(linkId: string, accountId: string): Promise<number>;
}
