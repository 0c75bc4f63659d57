import { describe, expect, it } from 'vitest';
import type { ChangesFixture } from './use-changes.js';

/** What is told of links, and for how long, whatever the database. */
export function linkLogContract(fixture: ChangesFixture): void {
  describe('the log', () => {
    it('R19 tells who, what, why and when of every change once, and no personal data', async () => {
      const { dataSource, linking, clock } = fixture;
      const user = await fixture.signedIn('user-secret-1', { password: true });
      await linking.service.unlink(user);
      await linking.login('user-secret-1');

      const [unlinked, linked] = await linking.service.events(user.accountId);
      const common = { actor: 'user', policy: 'create', linkId: user.linkId, accountId: user.accountId };
      expect(linked).toMatchObject({ ...common, kind: 'linked', reason: 'first-login', happenedAt: clock.now - 1 });
      expect(unlinked).toMatchObject({ ...common, kind: 'unlinked', reason: 'asked', happenedAt: clock.now });
      const rows = (await dataSource.query('SELECT * FROM vodapay_link_event')) as readonly Record<string, unknown>[];
      expect(rows).toHaveLength(3);
      expect(new Set(rows.map(({ identity_hash: hash }) => hash)).size).toBe(1);
      expect(JSON.stringify(rows)).not.toContain('user-secret');
    });

    it('is read newest first, page by page', async () => {
      const { linking, accounts, clock } = fixture;
      const account = accounts.add('account-1');
      for (const index of [1, 2, 3, 4, 5]) {
        clock.now += 1;
        await fixture.linked(account, `user-${index}`);
      }

      const first = await linking.service.events(account, { limit: 2 });
      const second = await linking.service.events(account, { limit: 2, before: first.at(-1)!.id });

      const times = [...first, ...second].map(({ happenedAt }) => happenedAt);
      expect(times).toEqual(times.toSorted((a, b) => b - a));
      expect(new Set(times).size).toBe(4);
    });

    it('forgets what is older than its retention, and never writes it again', async () => {
      const { linking, clock } = fixture;
      const user = await fixture.signedIn('user-1', { password: true });
      clock.now += 31_536_000_001;

      expect(await linking.service.maintain()).toEqual({ settled: 0, purged: 1 });
      expect(await linking.service.events(user.accountId)).toEqual([]);
      await linking.service.unlink({ ...user, authenticatedAt: clock.now });
      expect((await linking.service.events(user.accountId)).map(({ kind: what }) => what)).toEqual(['unlinked']);
    });

    it('R17 keeps nothing of a removed account but that something happened', async () => {
      const { dataSource, linking, accounts } = fixture;
      const user = await fixture.signedIn('user-1');
      await fixture.openSession(user);
      accounts.accounts.delete(user.accountId);

      await linking.service.removeAccount(user.accountId);

      const everything = await inspectTables(dataSource);
      expect(everything).not.toContain(user.accountId);
      expect(everything).not.toContain('user-1');
      expect(everything).toContain('account-removed');
      expect((await linking.login('user-1')).outcome).toBe('created');
    });

    it('has no event of a link from before there was a log, and unlinks it all the same', async () => {
      const { dataSource, linking } = fixture;
      const user = await fixture.signedIn('user-1', { password: true });
      await dataSource.query('DELETE FROM vodapay_link_event');
      await dataSource.query('UPDATE vodapay_account_link SET change_id = NULL, change_kind = NULL');

      expect(await linking.service.maintain()).toEqual({ settled: 0, purged: 0 });
      await linking.service.unlink(user);

      expect((await linking.service.events(user.accountId)).map(({ kind: what }) => what)).toEqual(['unlinked']);
    });
  });

  async function inspectTables(dataSource: typeof fixture.dataSource): Promise<string> {
    const rows = await Promise.all(
      ['vodapay_account_link', 'vodapay_link_event', 'vodapay_session', 'vodapay_account_hold'].map(
        async (table): Promise<unknown> => dataSource.query(`SELECT * FROM ${table}`),
      ),
    );
    return JSON.stringify(rows);
  }
}
