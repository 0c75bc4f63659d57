import { VodaPayError } from '../errors/vodapay-error.js';
import { propertyOf } from '../property-of.js';
import type { AccountLink, VodaPayIdentity } from './vodapay-account-link.repository.js';

/** Reads the links of users of one namespace, those that exist, in any order. */
export type ReadLinks = (namespace: string, userIds: readonly string[]) => Promise<readonly AccountLink[]>;

/** As it is when the module is loaded: under a test's fake timers nobody would be answered. */
const afterThisTurn = setImmediate;

interface Lookup {
  readonly userId: string;
  readonly found: (link: AccountLink | undefined) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Lookups that are asked for in the same turn of the event loop share one statement. Under load the wallet's answers
 * come many a turn, and to send and wake a database costs several times what it costs to name one more user.
 */
export class IdentityLookups {
  /** By namespace. */
  private waiting = new Map<string, Lookup[]>();

  constructor(private readonly read: ReadLinks) {}

  find({ namespace, userId }: VodaPayIdentity): Promise<AccountLink | undefined> {
    return new Promise((found, failed) => {
      if (this.waiting.size === 0) afterThisTurn(() => this.readWaiting());
      const lookup = { userId, found, failed };
      const others = this.waiting.get(namespace);
      if (others === undefined) this.waiting.set(namespace, [lookup]);
      else others.push(lookup);
    });
  }

  private readWaiting(): void {
    const { waiting } = this;
    this.waiting = new Map();
    for (const [namespace, lookups] of waiting) void this.readAll(namespace, lookups);
  }

  private async readAll(namespace: string, lookups: readonly Lookup[]): Promise<void> {
    try {
      const userIds = new Set(lookups.map(({ userId }) => userId));
      const links = await this.read(namespace, [...userIds]);
      const byUserId = new Map(links.map((link) => [link.vodapayUserId, link]));
      for (const { userId, found } of lookups) found(byUserId.get(userId));
    } catch (error) {
      // A value that the database refuses is nobody else's failure.
      if (lookups.length > 1 && isValueRefused(error))
        for (const lookup of lookups) void this.readAll(namespace, [lookup]);
      else for (const { failed } of lookups) failed(error);
    }
  }
}

/** PostgreSQL's class of data exceptions, such as a character that no text may hold. */
function isValueRefused(error: unknown): boolean {
  if (!(error instanceof VodaPayError) || error.code !== 'VODAPAY_STORE_FAILED') return false;
  const code = propertyOf(error.cause, 'code');
  return typeof code === 'string' && code.startsWith('22');
}
