import { describe, expect, it } from 'vitest';
import { storedLinks } from '../linking-under-test.js';
import type { ChangesFixture } from './use-changes.js';

/** How a link ends, and that it is never the last way to sign in, whatever the database. */
export function unlinkingContract(fixture: ChangesFixture): void {
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
}
