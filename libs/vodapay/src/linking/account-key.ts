/**
 * One account. Two merchants' directories in one database may give the same id to two people, so an id counts only in
 * the namespace whose directory made it (R14).
 */
export interface AccountKey {
  readonly namespace: string;
  /** The merchant's account id, as text. */
  readonly accountId: string;
}
