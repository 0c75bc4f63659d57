import { describe, expect, it } from 'vitest';
import type { DatabaseKind } from '../databases/open-database.js';
import { linkingOn, storedLinks } from './linking-under-test.js';
import { MerchantAccounts } from './merchant-accounts.js';
import { useLinking } from './use-linking.js';

/** Who gets which account, whatever the database. */
export function accountLinkingContract(kind: DatabaseKind): void {
  const fixture = useLinking(kind);

  describe('who a user is', () => {
    it('R1 finds the account by namespace and user id: the next login opens the same one', async () => {
      const { linking } = fixture;
      const first = await linking.login('216610000000000000001');
      const second = await linking.login('216610000000000000001');

      expect(first.outcome).toBe('created');
      expect(second).toEqual({ ...first, outcome: 'existing' });
    });

    it('R1 R2 R3 never takes two users for one because of their e-mail or phone', async () => {
      const { linking } = fixture;
      const contact = { email: 'same@example.test', phone: '+27600000000' };

      const first = await linking.login('user-1', contact);
      const second = await linking.login('user-2', contact);

      expect(second.outcome).toBe('created');
      expect(second.link.accountId).not.toBe(first.link.accountId);
    });

    it('R1 keeps a sandbox user apart from the production user of the same id', async () => {
      const { linking } = fixture;
      const sandbox = await linking.login('user-1', { namespace: 'sandbox:1' });
      const production = await linking.login('user-1', { namespace: 'production:1' });

      expect(production.outcome).toBe('created');
      expect(production.link.accountId).not.toBe(sandbox.link.accountId);
    });

    it('R12 compares user ids as bytes: "o1", "O1", "o1 " and "ó1" are four users', async () => {
      const { linking } = fixture;
      const logins = [];
      for (const userId of ['o1', 'O1', 'o1 ', 'ó1']) logins.push(await linking.login(userId));

      expect(logins.map(({ outcome }) => outcome)).toEqual(['created', 'created', 'created', 'created']);
      expect(new Set(logins.map(({ link }) => link.accountId)).size).toBe(4);
    });

    it.each(['', 'x'.repeat(65)])('R12 refuses a user id that cannot be stored whole (%#)', async (userId) => {
      const { dataSource, linking } = fixture;
      await expect(linking.login(userId)).rejects.toMatchObject({ code: 'VODAPAY_USER_ID_UNUSABLE' });
      expect(await storedLinks(dataSource)).toEqual([]);
    });
  });

  describe('the account behind a link', () => {
    it('R16 refuses a link whose account is gone, and makes no other account', async () => {
      const { accounts, linking } = fixture;
      const { link } = await linking.login('user-1');
      accounts.accounts.delete(link.accountId);

      await expect(linking.login('user-1')).rejects.toMatchObject({ code: 'VODAPAY_LINK_ORPHANED', status: 403 });
      expect(accounts.keys).toHaveLength(1);
    });

    it('R24 refuses a disabled account', async () => {
      const { accounts, linking } = fixture;
      const { link } = await linking.login('user-1');
      accounts.add(link.accountId, 'disabled');

      await expect(linking.login('user-1')).rejects.toMatchObject({ code: 'VODAPAY_ACCOUNT_DISABLED', status: 403 });
    });

    it('R17 gives a user whose link was removed a fresh account', async () => {
      const { linking } = fixture;
      const before = await linking.login('user-1');
      await linking.links.remove(before.link.id);

      const after = await linking.login('user-1');

      expect(after.outcome).toBe('created');
      expect(after.link.accountId).not.toBe(before.link.accountId);
    });
  });

  describe('parallel first logins', () => {
    it('I1 R18 end in 100 successes, one account, one link, and one call of create', async () => {
      const { dataSource, counter } = fixture;
      const merchant = new MerchantAccounts(dataSource);
      const { login } = linkingOn(dataSource, merchant);

      const logins: Awaited<ReturnType<typeof login>>[] = [];
      const statements = await counter.during(async () => {
        logins.push(...(await Promise.all(Array.from({ length: 100 }, () => login('user-1')))));
      });

      const ids = await merchant.ids();
      expect(ids).toHaveLength(1);
      expect(logins.map(({ link }) => link.accountId)).toEqual(Array.from({ length: 100 }, () => ids[0]));
      expect(logins.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
      expect(await storedLinks(dataSource)).toMatchObject([{ account_id: ids[0], state: 'active' }]);
      expect(await merchant.calls()).toHaveLength(1);
      expect(statements.filter((sql) => /^INSERT INTO .?vodapay_account_link/.test(sql))).toHaveLength(1);
    });

    it('I1 over two servers (two data sources) end the same', async () => {
      const { database, dataSource } = fixture;
      const merchant = new MerchantAccounts(dataSource);
      const other = await database.openAnother();
      const servers = [linkingOn(dataSource, merchant), linkingOn(other, new MerchantAccounts(other))];

      const logins = await Promise.all(
        servers.flatMap(({ login }) => Array.from({ length: 50 }, () => login('user-1'))),
      );

      expect(new Set(logins.map(({ link }) => link.accountId)).size).toBe(1);
      expect(await merchant.ids()).toHaveLength(1);
      expect(await merchant.calls()).toHaveLength(1);
    });

    it('I1 of 200 users in 1,000 logins make 200 accounts', async () => {
      const { dataSource } = fixture;
      const merchant = new MerchantAccounts(dataSource);
      const { login } = linkingOn(dataSource, merchant);

      const logins = await Promise.all(Array.from({ length: 1_000 }, (_, index) => login(`user-${index % 200}`)));

      expect(logins).toHaveLength(1_000);
      expect(await merchant.ids()).toHaveLength(200);
      expect(await storedLinks(dataSource)).toHaveLength(200);
      expect(await merchant.calls()).toHaveLength(200);
    });
  });

  describe('what a login costs', () => {
    it('I6 a returning login is one statement', async () => {
      const { linking, counter } = fixture;
      await linking.login('user-1');

      const statements = await counter.during(() => linking.login('user-1'));

      expect(statements).toHaveLength(1);
      expect(statements[0]).toMatch(/^SELECT/);
    });

    it('a first login is four statements, none of them a transaction; the last one writes its event', async () => {
      const { linking, counter } = fixture;
      const statements = await counter.during(() => linking.login('user-1'));

      expect(statements.map((sql) => sql.split(' ')[0])).toEqual(['SELECT', 'INSERT', 'UPDATE', 'INSERT']);
    });
  });
}
