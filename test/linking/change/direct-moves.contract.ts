import { describe, expect, it } from 'vitest';
import { accountProvenBy } from '../../../libs/vodapay/src/linking/change/proven-account.js';
import type { ChangesFixture } from './use-changes.js';

/** How a link moves to an account that the merchant has proven, whatever the database. */
export function directMovesContract(fixture: ChangesFixture): void {
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
}
