import { describe, expect, it } from 'vitest';
import { accountProvenBy } from '../../../libs/vodapay/src/linking/change/proven-account.js';
import type { DatabaseKind } from '../../databases/open-database.js';
import type { LinkingUnderTest } from '../linking-under-test.js';
import { useChanges } from './use-changes.js';

const OTHER = { clientId: '2021072719000000000002', namespace: 'sandbox:2021072719000000000002' };
const YEARS_MS = 10 * 365 * 86_400_000;

/** Two merchants in one database whose directories give the same id to two people. */
export function twoDirectoriesContract(kind: DatabaseKind): void {
  describe('two directories with equal account ids in one database', () => {
    const fixture = useChanges(kind);

    /** `account-1` of each merchant, with one link each, and no other way to sign in. */
    async function twoOwners() {
      const theirs = fixture.server(OTHER);
      fixture.accounts.onCreate = () => Promise.resolve({ id: fixture.accounts.add('account-1') });
      const [mine, other] = [await fixture.linking.login('user-1'), await theirs.login('user-2')];
      fixture.clock.now += 1;
      const signedIn = ({ link }: typeof mine) => ({
        accountId: link.accountId,
        linkId: link.id,
        authenticatedAt: fixture.clock.now,
      });
      return { theirs, mine: signedIn(mine), other: signedIn(other) };
    }

    const usersOf = async ({ service }: LinkingUnderTest) =>
      (await service.linksOf('account-1')).map(({ userId }) => userId);

    it('R14 see neither the links nor the events of each other', async () => {
      const { theirs, mine, other } = await twoOwners();

      expect(mine.accountId).toBe(other.accountId);
      expect(await usersOf(fixture.linking)).toEqual(['user-1']);
      expect(await usersOf(theirs)).toEqual(['user-2']);
      const linkIds = async ({ service }: LinkingUnderTest) =>
        (await service.events('account-1')).map(({ linkId }) => linkId);
      expect(await linkIds(fixture.linking)).toEqual([mine.linkId]);
      expect(await linkIds(theirs)).toEqual([other.linkId]);
    });

    it('R14 I4 count no way to sign in of each other, and unlink or move no link of each other', async () => {
      const { theirs, mine, other } = await twoOwners();
      const shop = accountProvenBy('merchant', fixture.accounts.add('shop'), fixture.clock.now);

      await expect(fixture.linking.service.unlink(mine)).rejects.toMatchObject({ code: 'VODAPAY_LAST_SIGN_IN_METHOD' });
      fixture.accounts.passwords.add('account-1');
      await expect(theirs.service.unlink(mine)).rejects.toMatchObject({ code: 'VODAPAY_NOT_LINKED' });
      await expect(fixture.linking.service.unlink(other)).rejects.toMatchObject({ code: 'VODAPAY_NOT_LINKED' });
      await expect(theirs.service.move(mine, shop)).rejects.toMatchObject({ code: 'VODAPAY_NOT_LINKED' });
      await fixture.linking.service.unlink(mine);
      expect(await usersOf(theirs)).toEqual(['user-2']);
    });

    it('R14 wait for no hold of each other', async () => {
      const { theirs, other } = await twoOwners();
      fixture.accounts.passwords.add('account-1');

      await fixture.linking.service
        .removeSignInMethod('account-1', () => theirs.service.unlink(other))
        .catch(() => null);

      expect(await usersOf(theirs)).toEqual([]);
    });

    it('R14 lose nothing when the other one removes her account, or keeps her events for a shorter time', async () => {
      const { theirs, other } = await twoOwners();
      await fixture.linking.service.removeAccount('account-1');
      expect(await usersOf(theirs)).toEqual(['user-2']);

      fixture.clock.now += YEARS_MS;
      await fixture.linking.service.maintain();

      const rows = await fixture.dataSource.query('SELECT link_id FROM vodapay_link_event');
      expect(rows).toEqual([{ link_id: other.linkId }]);
    });
  });
}
