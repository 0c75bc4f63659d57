/** What happened to an account's ways to sign in. `at`: epoch milliseconds. */
export interface LinkNotice {
  /** `moved-away` and `moved-here`: the two sides of one move. */
  readonly kind: 'linked' | 'unlinked' | 'moved-away' | 'moved-here';
  /** The merchant's account id, as text. */
  readonly accountId: string;
  readonly at: number;
}

/**
 * Tells the owner of an account, on the contact on record there, that a VodaPay link was added or removed (R23): the port
 * that an application implements, option `linking.notifier`. A notifier that fails or is slow undoes nothing.
 *
 * @example
 * class Mails extends LinkNotifier {
 *   async notify({ kind, accountId }) { await this.mails.send(accountId, TEXTS[kind]); }
 * }
 */
export abstract class LinkNotifier {
  abstract notify(notice: LinkNotice): Promise<void>;
}
