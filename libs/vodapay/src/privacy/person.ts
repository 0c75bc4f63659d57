/** Whom a request of a data subject is about: by the merchant's account, or by VodaPay's user id in this namespace. */
export type Person = { readonly accountId: string | number } | { readonly userId: string };

/** What stands for a person in the tables: everything that leads to a row of hers. */
export interface KnownPerson {
  /** The merchant's account ids, as text. */
  readonly accountIds: readonly string[];
  /** VodaPay's user ids in this namespace. */
  readonly userIds: readonly string[];
}
