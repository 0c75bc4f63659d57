import { describe, expect, it } from 'vitest';
import { accountProvenBy } from '../../../libs/vodapay/src/linking/change/proven-account.js';
import type { DatabaseKind } from '../../databases/open-database.js';
import { loginOf, storedLinks } from '../linking-under-test.js';
import { useChanges } from './use-changes.js';

/** How a link ends or moves, and what is told of it, whatever the database. */
export function unlinkingContract(kind: DatabaseKind): void {
  const fixture = useChanges(kind);
  const inTurn = async <T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> => {
    for (const item of items) await work(item);
  };

  describe('unlinking', () => {
    it('ends the link and its sessions, and leaves neither the row nor the user id', async () => {
      const { dataSource, linking } = fixture;
      const user = await fixture.signedIn('user-1', { password: true });
      const token = await fixture.openSession(user);

      await linking.service.unlink(user);

      expect(await storedLinks(dataSource)).toEqual([]);
      expect(await linking.sessions.findByToken(token)).toBeUndefined();
      expect(await dataSource.query('SELECT id FROM vodapay_session')).toEqual([]);
      expect(await linking.service.linksOf(user.accountId)).toEqual([]);
    });

    it('R17 frees the VodaPay user for a fresh account, never for the old one', async () => {
      const { linking } = fixture;
      const user = await fixture.signedIn('user-1', { password: true });
      await linking.service.unlink(user);

      const { outcome, link } = await linking.login('user-1');

      expect(outcome).toBe('created');
      expect(link.accountId).not.toBe(user.accountId);
    });

    it('R23 needs a recent sign-in, and refuses one whose moment is not known', async () => {
      const { linking, clock } = fixture;
      const user = await fixture.signedIn('user-1', { password: true });
      const { authenticatedAt: _, ...unknown } = user;
      const recent = { code: 'VODAPAY_REAUTHENTICATION_REQUIRED', status: 401, next: 'new-auth-code' };

      await expect(linking.service.unlink(unknown)).rejects.toMatchObject(recent);
      await expect(linking.service.unlink({ ...user, authenticatedAt: Number.NaN })).rejects.toMatchObject(recent);
      clock.now += 300_001;
      await expect(linking.service.unlink(user)).rejects.toMatchObject(recent);
      clock.now -= 1;
      await linking.service.unlink(user);
    });

    it('R23 tells the owner of the account; a notifier that fails undoes nothing', async () => {
      const { linking, notices, clock } = fixture;
      notices.failure = new Error('mail server down');
      const user = await fixture.signedIn('user-1', { password: true });

      await linking.service.unlink(user);

      expect(notices.told).toEqual([{ kind: 'unlinked', accountId: user.accountId, at: clock.now }]);
      expect(await linking.service.linksOf(user.accountId)).toEqual([]);
    });

    it('I4 refuses the last way to sign in, and writes nothing', async () => {
      const { dataSource, linking } = fixture;
      const user = await fixture.signedIn('user-1');
      const before = await storedLinks(dataSource);

      await expect(linking.service.unlink(user)).rejects.toMatchObject({
        code: 'VODAPAY_LAST_SIGN_IN_METHOD',
        status: 409,
      });

      expect(await storedLinks(dataSource)).toEqual(before);
      expect(await dataSource.query('SELECT account_id FROM vodapay_account_hold')).toEqual([]);
      expect((await linking.login('user-1')).outcome).toBe('existing');
    });

    it('I4 counts no other way when the directory cannot tell', async () => {
      const { linking, accounts } = fixture;
      const user = await fixture.signedIn('user-1', { password: true });
      Object.defineProperty(accounts, 'otherSignInMethods', { value: undefined });

      await expect(linking.service.unlink(user)).rejects.toMatchObject({ code: 'VODAPAY_LAST_SIGN_IN_METHOD' });
    });

    it.each([-1, 0.5, Number.NaN, '2', undefined])('I4 trusts no count of %s', async (count) => {
      const { linking, accounts } = fixture;
      const user = await fixture.signedIn('user-1', { password: true });
      Object.defineProperty(accounts, 'otherSignInMethods', { value: async () => count });

      await expect(linking.service.unlink(user)).rejects.toMatchObject({ code: 'VODAPAY_ACCOUNT_DIRECTORY_FAILED' });
    });

    it('refuses a link of somebody else, and one that is gone', async () => {
      const { linking } = fixture;
      const user = await fixture.signedIn('user-1', { password: true });
      const stranger = await fixture.signedIn('user-2', { password: true });

      await expect(linking.service.unlink({ ...stranger, linkId: user.linkId })).rejects.toMatchObject({
        code: 'VODAPAY_NOT_LINKED',
      });
      await linking.service.unlink(user);
      await expect(linking.service.unlink(user)).rejects.toMatchObject({ code: 'VODAPAY_NOT_LINKED' });
    });

    it('of one link twice at once is one success', async () => {
      const { linking } = fixture;
      const user = await fixture.signedIn('user-1', { password: true });

      const ends = await Promise.allSettled([linking.service.unlink(user), linking.service.unlink(user)]);

      expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect((await linking.service.events(user.accountId)).map(({ kind: what }) => what)).toEqual([
        'unlinked',
        'linked',
      ]);
    });
  });

  describe('the last way to sign in', () => {
    it('I4 survives 200 rounds of two parallel unlinks of two VodaPay links, over two servers', async () => {
      const { linking, accounts } = fixture;
      const other = await fixture.anotherServer();
      const left: number[] = [];

      await inTurn(
        Array.from({ length: 200 }, (_, round) => round),
        async (round) => {
          const account = accounts.add(`account-${round}`);
          const users = [
            await fixture.linked(account, `first-${round}`),
            await fixture.linked(account, `second-${round}`),
          ] as const;
          const ends = await Promise.allSettled([linking.service.unlink(users[0]), other.service.unlink(users[1])]);
          left.push((await linking.service.linksOf(account)).length);
          expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
          expect(ends.find(({ status }) => status === 'rejected')).toMatchObject({
            reason: { code: 'VODAPAY_LAST_SIGN_IN_METHOD' },
          });
        },
      );

      expect(new Set(left)).toEqual(new Set([1]));
    });

    it('I4 survives 200 rounds of an unlink beside the removal of the password, over two servers', async () => {
      const { linking, accounts } = fixture;
      const other = await fixture.anotherServer();

      await inTurn(
        Array.from({ length: 200 }, (_, round) => round),
        async (round) => {
          const user = await fixture.signedIn(`user-${round}`, { password: true });
          const { accountId } = user;
          const ends = await Promise.allSettled([
            linking.service.unlink(user),
            other.service.removeSignInMethod(accountId, async () => void accounts.passwords.delete(accountId)),
          ]);
          const ways = (await linking.service.linksOf(accountId)).length + (accounts.passwords.has(accountId) ? 1 : 0);
          expect({ ways, ended: ends.filter(({ status }) => status === 'fulfilled').length }).toEqual({
            ways: 1,
            ended: 1,
          });
        },
      );
    });

    it('I4 holds against a server that fell silent in the middle of an unlink and wakes later', async () => {
      const { linking, accounts, holds } = fixture;
      const account = accounts.add('account-1');
      const [first, second] = [await fixture.linked(account, 'first'), await fixture.linked(account, 'second')];
      const stopped = fixture.serverThatStops();
      const silent = stopped.server.service.unlink(first);
      await expect.poll(() => holds()).toHaveLength(1);

      fixture.clock.now += 61_000;
      await linking.service.unlink({ ...second, authenticatedAt: fixture.clock.now });
      stopped.goOn();

      await expect(silent).rejects.toMatchObject({ code: 'VODAPAY_LAST_SIGN_IN_METHOD' });
      expect((await linking.service.linksOf(account)).map(({ userId }) => userId)).toEqual(['first']);
    });

    it('an error of the removal is passed on, and the turn is over', async () => {
      const { linking, holds } = fixture;
      const { accountId } = await fixture.signedIn('user-1', { password: true });
      const failure = new Error('the merchant knows why');

      await expect(linking.service.removeSignInMethod(accountId, () => Promise.reject(failure))).rejects.toBe(failure);

      expect(await holds()).toEqual([]);
    });
  });

  describe('moving', () => {
    it('gives the VodaPay user to the other account in one step, and ends the sessions of the link', async () => {
      const { linking, accounts, clock, notices } = fixture;
      const user = await fixture.signedIn('user-1');
      const token = await fixture.openSession(user);
      const shop = accounts.add('shop-account');

      await linking.service.move(user, accountProvenBy('merchant', shop, clock.now));

      expect((await linking.login('user-1')).link).toMatchObject({ accountId: shop, id: user.linkId });
      expect(await linking.sessions.findByToken(token)).toBeUndefined();
      expect(notices.told.map(({ kind: what, accountId }) => [what, accountId])).toEqual([
        ['moved-away', user.accountId],
        ['moved-here', shop],
      ]);
      const event = { kind: 'moved', reason: 'proved-by-merchant', accountId: shop, fromAccountId: user.accountId };
      expect((await linking.service.events(shop))[0]).toMatchObject(event);
      expect((await linking.service.events(user.accountId))[0]).toMatchObject(event);
    });

    it('R4 R23 needs a recent proof of both sides, and no look-alike of one', async () => {
      const { linking, accounts, clock } = fixture;
      const user = await fixture.signedIn('user-1');
      const shop = accounts.add('shop-account');
      const old = accountProvenBy('merchant', shop, clock.now - 300_001);
      const forged = { accountId: shop, provenBy: 'merchant', authenticatedAt: clock.now };
      const refused = { code: 'VODAPAY_REAUTHENTICATION_REQUIRED' };

      await expect(linking.service.move(user, old)).rejects.toMatchObject(refused);
      await expect(
        linking.service.move(
          { ...user, authenticatedAt: clock.now - 300_001 },
          accountProvenBy('merchant', shop, clock.now),
        ),
      ).rejects.toMatchObject(refused);
      await expect(linking.service.move(user, forged as typeof old)).rejects.toThrow(TypeError);
      expect((await linking.login('user-1')).link.accountId).toBe(user.accountId);
    });

    it('R16 R24 never goes to an account that is gone or disabled', async () => {
      const { linking, accounts, clock } = fixture;
      const user = await fixture.signedIn('user-1');
      const disabled = accounts.add('disabled-account', 'disabled');
      const to = (accountId: string) => linking.service.move(user, accountProvenBy('merchant', accountId, clock.now));

      await expect(to('no-such-account')).rejects.toMatchObject({ code: 'VODAPAY_LINK_ORPHANED' });
      await expect(to(disabled)).rejects.toMatchObject({ code: 'VODAPAY_ACCOUNT_DISABLED' });
    });

    it('of one link to two accounts at once is one success', async () => {
      const { linking, accounts, clock } = fixture;
      const other = await fixture.anotherServer();
      const user = await fixture.signedIn('user-1');
      const to = ['shop-1', 'shop-2'].map((id) => accountProvenBy('merchant', accounts.add(id), clock.now));

      const ends = await Promise.allSettled([linking.service.move(user, to[0]!), other.service.move(user, to[1]!)]);

      expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect((await linking.service.events(user.accountId)).map(({ kind: what }) => what)).toEqual(['moved', 'linked']);
    });
  });

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
      await inTurn([1, 2, 3, 4, 5], async (index) => {
        clock.now += 1;
        await fixture.linked(account, `user-${index}`);
      });

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

  describe('the profile of VodaPay', () => {
    const told = { nickName: 'Zola', gender: 'F', email: 'zola@example.test', phone: '+27600000001' };
    const loginWith = (policy: 'never' | 'on-create' | 'on-login') =>
      fixture.server({ profileSync: policy }).service.linkAtLogin(loginOf('user-1'), { userId: 'user-1', ...told });

    it('R15 reaches the account at each login where the policy says so, without contacts', async () => {
      const { accounts } = fixture;
      await loginWith('on-login');
      expect(accounts.updates).toEqual([]);

      const { link } = await loginWith('on-login');
      await expect.poll(() => accounts.updates).toEqual([[link.accountId, { nickName: 'Zola', gender: 'F' }]]);

      await loginWith('on-create');
      await loginWith('never');
      expect(accounts.updates).toHaveLength(1);
    });

    it('R15 reaches create, but under the policy "never" only by what a conflict is found', async () => {
      const { accounts } = fixture;
      const got: object[] = [];
      accounts.onCreate = async (profile, key) => {
        got.push(profile);
        return { id: accounts.add(key) };
      };
      await loginWith('never');

      expect(got).toEqual([{ userId: 'user-1', email: told.email, phone: told.phone }]);
    });

    it('fails no login when it cannot be stored, and is not asked for when there is nothing to store', async () => {
      const { accounts } = fixture;
      accounts.onUpdate = () => Promise.reject(new Error('no such column'));
      const { service } = fixture.server({ profileSync: 'on-login' });
      await loginWith('on-login');
      await service.linkAtLogin(loginOf('user-1'), { userId: 'user-1', email: told.email });
      expect(accounts.updates).toEqual([]);

      expect((await loginWith('on-login')).outcome).toBe('existing');
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
