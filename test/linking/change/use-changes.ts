import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { beforeEach } from 'vitest';
import type { SignedInUser } from '../../../libs/vodapay/src/linking/change/recent-sign-in.js';
import { hashSessionToken, newSessionToken } from '../../../libs/vodapay/src/session/session-token.js';
import { uuidV7 } from '../../../libs/vodapay/src/store/uuid-v7.js';
import type { DatabaseKind } from '../../databases/open-database.js';
import { gate } from '../gate.js';
import { linkingOn, loginOf, type LinkingUnderTest } from '../linking-under-test.js';
import { useLinking } from '../use-linking.js';
import { AccountsWithPasswords, Notices } from './linked-accounts.js';

type Settings = NonNullable<Parameters<typeof linkingOn>[3]>;
type User = SignedInUser & { readonly authenticatedAt: number };

export type ChangesFixture = ReturnType<typeof useChanges>;

/** Accounts with links, to be unlinked and moved. */
export function useChanges(kind: DatabaseKind) {
  const base = useLinking(kind);
  let accounts = new AccountsWithPasswords();
  let notices = new Notices();
  let linking: LinkingUnderTest;
  const clock = { now: 0 };

  const serverOn = (dataSource: DataSource, settings: Settings = {}): LinkingUnderTest =>
    linkingOn(dataSource, accounts, () => clock.now, { notifier: notices, ...settings });

  beforeEach(() => {
    clock.now = Date.now();
    accounts = new AccountsWithPasswords();
    notices = new Notices();
    linking = serverOn(base.dataSource);
  });

  return {
    clock,
    get dataSource() {
      return base.dataSource;
    },
    get database() {
      return base.database;
    },
    serverOn,
    get accounts() {
      return accounts;
    },
    get notices() {
      return notices;
    },
    get linking() {
      return linking;
    },
    /** A server of other settings on the same data source. */
    server: (settings: Settings): LinkingUnderTest => serverOn(base.dataSource, settings),
    /** As a second process has it. */
    anotherServer: async (): Promise<LinkingUnderTest> => serverOn(await base.database.openAnother()),
    /** A server that stands still while it counts the ways to sign in: its clock, and with it its signs of life, stop. */
    serverThatStops() {
      const { opened, open: goOn } = gate();
      const stoppedAt = clock.now;
      const slow = Object.assign(new AccountsWithPasswords(), {
        find: (id: string) => accounts.find(id),
        otherSignInMethods: async (id: string) => {
          await opened;
          return accounts.otherSignInMethods(id);
        },
      });
      return { server: linkingOn(base.dataSource, slow, () => stoppedAt), goOn };
    },
    /** A first login, just now. */
    async signedIn(userId: string, { password = false } = {}): Promise<User> {
      const { link } = await linking.login(userId);
      if (password) accounts.passwords.add(link.accountId);
      clock.now += 1;
      return { accountId: link.accountId, linkId: link.id, authenticatedAt: clock.now };
    },
    /** Another link of an account. */
    async linked(accountId: string, userId: string): Promise<User> {
      const login = loginOf(userId);
      const id = uuidV7(clock.now, randomBytes(10));
      const what = { kind: 'linked', actor: 'user', reason: 'proved-by-link-code' } as const;
      const change = linking.changes.journal.plan(what, login);
      await linking.links.restore({ ...login, id, now: clock.now }, accountId, change);
      await linking.changes.journal.tellLinked(id, change);
      return { accountId, linkId: id, authenticatedAt: clock.now };
    },
    /** The hash of its token. */
    async openSession({ accountId, linkId }: User): Promise<string> {
      const tokenHash = hashSessionToken(newSessionToken(randomBytes));
      await linking.sessions.open({
        id: linking.sessions.newId(clock.now),
        tokenHash,
        linkId,
        accountId,
        createdAt: clock.now,
        expiresAt: clock.now + 1_000_000,
        accessToken: null,
        accessTokenExpiresAt: null,
        refreshToken: null,
        refreshTokenExpiresAt: null,
      });
      return tokenHash;
    },
    holds: async () =>
      (await base.dataSource.query('SELECT account_id FROM vodapay_account_hold')) as readonly object[],
  };
}
