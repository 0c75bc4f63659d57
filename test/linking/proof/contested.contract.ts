import { describe, expect, it } from 'vitest';
import { accountProvenBy } from '../../../libs/vodapay/src/linking/change/proven-account.js';
import type { DatabaseKind } from '../../databases/open-database.js';
import { linkingOn, loginOf, storedLinks, type LinkingUnderTest } from '../linking-under-test.js';
import { firstLogin, outcomeOf, refusalOf, useProofs } from './use-proofs.js';

const MAIL = 'owner@shop.example';
const ROUNDS = 5;
const INVALID = 'VODAPAY_LINK_TICKET_INVALID';

/** Two things that a user, or two people, ask of two servers at the same moment. */
export function contestedContract(kind: DatabaseKind): void {
  const fixture = useProofs(kind);

  /** As a second process has it, with the same clock unless another is given. */
  async function otherServer(now: () => number = () => fixture.clock.now): Promise<LinkingUnderTest> {
    const { database, accounts, outbox: proofSender, notices: notifier } = fixture;
    return linkingOn(await database.openAnother(), accounts, now, { policy: 'ask', proofSender, notifier });
  }

  /** Limits are counted a day long. */
  async function inRounds(work: (round: number) => Promise<void>): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      fixture.clock.now += 86_400_000;
      await work(round);
    }
  }

  async function linkOf(userId: string) {
    const { links } = fixture.linking;
    const link = await links.findByIdentity(loginOf(userId));
    return { accountId: link?.accountId ?? '', linkId: link?.id ?? '', authenticatedAt: fixture.clock.now };
  }

  it('confirm and decline of one ticket: one of both, one link, and no account that nobody opens', async () => {
    const { accounts, service, outbox, ticketFor } = fixture;
    const other = await otherServer();
    await inRounds(async (round) => {
      accounts.contacts.clear();
      accounts.register(`account-${round}`, MAIL);
      const made = accounts.keys.length;
      const { ticket } = await ticketFor(`user-${round}`, MAIL);

      const [confirmed, declined] = await Promise.all([
        outcomeOf(service.confirm(ticket, outbox.lastCode)),
        outcomeOf(other.service.decline(ticket)),
      ]);

      // 503: the confirm found the account under way that the decline makes; it is refused when it comes again.
      expect([confirmed, declined]).toContain('ok');
      expect([INVALID, 'VODAPAY_STORE_UNAVAILABLE']).toContain(confirmed === 'ok' ? declined : confirmed);
      expect(accounts.keys.length - made).toBe(declined === 'ok' ? 1 : 0);
      const { accountId } = await linkOf(`user-${round}`);
      expect(accountId === `account-${round}`).toBe(confirmed === 'ok');
    });
  });

  it('a confirm and a login in another tab: the account is linked, and whatever the tab got leads there too', async () => {
    const { accounts, service, outbox, ticketFor } = fixture;
    const other = await otherServer();
    await inRounds(async (round) => {
      accounts.contacts.clear();
      accounts.register(`account-${round}`, MAIL);
      const { ticket } = await ticketFor(`user-${round}`, MAIL);
      const code = outbox.lastCode;

      const [confirmed, inTab] = await Promise.all([
        outcomeOf(service.confirm(ticket, code)),
        outcomeOf(firstLogin(other, `user-${round}`, MAIL)),
      ]);

      expect(['ok', INVALID]).toContain(confirmed);
      expect(['ok', 'VODAPAY_LINK_PROOF_REQUIRED']).toContain(inTab);
      if (confirmed === INVALID) expect(inTab).toBe('VODAPAY_LINK_PROOF_REQUIRED');
      else expect((await linkOf(`user-${round}`)).accountId).toBe(`account-${round}`);
      expect(accounts.keys).toEqual([]);
    });
  });

  it('of two tabs the later one’s ticket and code are good, the earlier one’s are not', async () => {
    const { accounts, service, outbox, ticketFor } = fixture;
    accounts.register('account', MAIL);
    const earlier = { ...(await ticketFor('user-1', MAIL)), code: outbox.lastCode };
    const later = { ...(await refusalOf(firstLogin(await otherServer(), 'user-1', MAIL))), code: outbox.lastCode };

    expect(await outcomeOf(service.confirm(earlier.ticket, earlier.code))).toBe(INVALID);
    expect(await outcomeOf(service.confirm(later.ticket, earlier.code))).toBe('VODAPAY_LINK_PROOF_INVALID');
    expect((await service.confirm(later.ticket, later.code)).outcome).toBe('linked');
  });

  it('unlink and move of one link: one of both, and the log tells which', async () => {
    const { accounts, linking, service, clock } = fixture;
    Object.assign(accounts, { otherSignInMethods: async () => 1 });
    const other = await otherServer();
    await inRounds(async (round) => {
      await linking.login(`user-${round}`);
      const user = await linkOf(`user-${round}`);
      const to = accountProvenBy('merchant', accounts.add(`shop-${round}`), clock.now);

      const ends = await Promise.all([outcomeOf(service.unlink(user)), outcomeOf(other.service.move(user, to))]);

      const unlinked = ends[0] === 'ok';
      expect(ends[unlinked ? 1 : 0]).toBeOneOf(['VODAPAY_NOT_LINKED', 'VODAPAY_LAST_SIGN_IN_METHOD']);
      expect(ends).toContain('ok');
      expect((await linkOf(`user-${round}`)).accountId).toBe(unlinked ? '' : to.accountId);
      const kinds = (await service.events(user.accountId)).map(({ kind: what }) => what);
      expect(kinds).toEqual([unlinked ? 'unlinked' : 'moved', 'linked']);
    });
  });

  it('I4 a confirm beside the unlink of the account’s only link leaves a way in, and the confirmed one stays', async () => {
    const { accounts, linking, service, outbox, ticketFor } = fixture;
    const other = await otherServer();
    await inRounds(async (round) => {
      await linking.login(`first-${round}`);
      const first = await linkOf(`first-${round}`);
      accounts.contacts.clear();
      accounts.contacts.set(first.accountId, { email: MAIL, verified: true });
      const { ticket } = await ticketFor(`second-${round}`, MAIL);

      const [confirmed, unlinked] = await Promise.all([
        outcomeOf(service.confirm(ticket, outbox.lastCode)),
        outcomeOf(other.service.unlink(first)),
      ]);

      // The first link was made without a proof of the contact, so the confirm ends it where the unlink doesn't.
      expect(confirmed).toBe('ok');
      expect(['VODAPAY_LAST_SIGN_IN_METHOD', 'VODAPAY_NOT_LINKED']).toContain(unlinked);
      expect((await service.linksOf(first.accountId)).map(({ userId }) => userId)).toEqual([`second-${round}`]);
    });
  });

  describe('a confirm that stood still', () => {
    it('and lost its turn at the account meanwhile links nothing', async () => {
      const { accounts, service, outbox, clock, ticketFor } = fixture;
      accounts.register('account', MAIL);
      const stoppedAt = clock.now;
      const stopped = await otherServer(() => stoppedAt);
      const { ticket } = await ticketFor('user-1', MAIL);
      const code = outbox.lastCode;
      const { dropUnprovenCredentials } = accounts;
      accounts.dropUnprovenCredentials = async () => {
        Object.assign(accounts, { dropUnprovenCredentials });
        clock.now += 61_000;
        const hers = await ticketFor('user-2', MAIL);
        await service.confirm(hers.ticket, outbox.lastCode);
      };

      expect(await outcomeOf(stopped.service.confirm(ticket, code))).toBe('VODAPAY_STORE_UNAVAILABLE');
      expect((await service.linksOf('account')).map(({ userId }) => userId)).toEqual(['user-2']);
    });

    it('while another server began to make an account leaves that one its reservation', async () => {
      const { accounts, linking, service, outbox, clock, database, ticketFor } = fixture;
      accounts.register('account', MAIL);
      const { ticket } = await ticketFor('user-1', MAIL);
      const id = '01920000-0000-7000-8000-000000000001';
      accounts.dropUnprovenCredentials = async () =>
        void (await linking.links.reserve({ id, ...loginOf('user-1'), now: clock.now }));

      expect(await outcomeOf(service.confirm(ticket, outbox.lastCode))).toBe(INVALID);
      expect(await storedLinks(database.dataSource)).toMatchObject([{ id, state: 'reserved', account_id: null }]);
    });
  });

  describe('a clock that is put back', () => {
    it('R6 frees no try, and a ticket and its code stay good', async () => {
      const { accounts, service, outbox, clock, ticketFor } = fixture;
      accounts.register('account', MAIL);
      const { ticket } = await ticketFor('user-1', MAIL);
      const wrong = () => outcomeOf(service.confirm(ticket, 'AAAAAAAA'));
      for (let n = 0; n < 4; n += 1) expect(await wrong()).toBe('VODAPAY_LINK_PROOF_INVALID');

      clock.now -= 7_200_000;

      expect((await service.confirm(ticket, outbox.lastCode)).outcome).toBe('linked');
      const { ticket: next } = await refusalOf(firstLogin(await otherServer(), 'user-2', MAIL));
      for (let n = 0; n < 5; n += 1) await outcomeOf(service.confirm(next, 'AAAAAAAA'));
      clock.now -= 86_400_000;
      expect(await outcomeOf(service.confirm(next, outbox.lastCode))).toBe('VODAPAY_TOO_MANY_ATTEMPTS');
    });

    it('R23 makes no sign-in recent that is yet to come, nor does one in another unit', async () => {
      const { accounts, linking, service, clock } = fixture;
      Object.assign(accounts, { otherSignInMethods: async () => 1 });
      await linking.login('user-1');
      const user = await linkOf('user-1');

      for (const authenticatedAt of [clock.now + 60_001, clock.now * 1_000, Infinity]) {
        expect(await outcomeOf(service.unlink({ ...user, authenticatedAt }))).toBe('VODAPAY_REAUTHENTICATION_REQUIRED');
      }
      await service.unlink({ ...user, authenticatedAt: clock.now + 60_000 });
    });
  });
}
