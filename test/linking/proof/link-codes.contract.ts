import { describe, expect, it } from 'vitest';
import type { DatabaseKind } from '../../databases/open-database.js';
import { storedLinks } from '../linking-under-test.js';
import { outcomeOf, refusalOf, useProofs } from './use-proofs.js';

const MINUTE_MS = 60_000;
const MAIL = 'owner@shop.example';

/** Link codes that the merchant's website shows, and the approval of their use, whatever the database. */
export function linkCodesContract(kind: DatabaseKind): void {
  const fixture = useProofs(kind);

  describe('a link code', () => {
    it('R6 is good for ten minutes', async () => {
      const { service, clock, waiting } = await userAndAccount();
      const { code } = await service.issueLinkCode('old-account');
      clock.now += 10 * MINUTE_MS;

      expect(await outcomeOf(service.confirm(await waiting(), code))).toBe('VODAPAY_LINK_PROOF_INVALID');
    });

    it('is replaced by a newer one of the same account', async () => {
      const { service, waiting } = await userAndAccount();
      const { code: older } = await service.issueLinkCode('old-account');
      const { code } = await service.issueLinkCode('old-account');
      const ticket = await waiting();

      expect(await outcomeOf(service.confirm(ticket, older))).toBe('VODAPAY_LINK_PROOF_INVALID');
      expect((await refusalOf(service.confirm(ticket, code))).delivery).toBe('approval');
    });

    it('R6 serves one ticket: of two users who type it in parallel one waits for the approval', async () => {
      const { service, ticketFor } = await userAndAccount();
      const { code } = await service.issueLinkCode('old-account');
      const tickets = [await ticketFor('user-1'), await ticketFor('user-2')];

      const outcomes = await Promise.all(tickets.map(({ ticket }) => outcomeOf(service.confirm(ticket, code))));

      expect(outcomes.toSorted()).toEqual(['VODAPAY_LINK_PROOF_INVALID', 'VODAPAY_LINK_PROOF_REQUIRED']);
      expect(await service.pendingApprovals('old-account')).toHaveLength(1);
    });

    it('R4 alone links nothing: the owner must approve, and polling is no new try', async () => {
      const { service, waiting, count } = await userAndAccount();
      const { code } = await service.issueLinkCode('old-account');
      const ticket = await waiting();

      for (let poll = 0; poll < 20; poll += 1) {
        expect((await refusalOf(service.confirm(ticket, code))).delivery).toBe('approval');
      }

      expect(await count('account_link')).toBe(0);
    });

    it('R4 rejected by the owner it links nothing, and the ticket is gone', async () => {
      const { service, ticket, code, id } = await codeTypedIn(await userAndAccount());

      expect(await service.reject('old-account', id)).toBe(true);
      expect(await outcomeOf(service.confirm(ticket, code))).toBe('VODAPAY_LINK_TICKET_INVALID');
      expect(await service.pendingApprovals('old-account')).toEqual([]);
    });

    it('R4 is approved by the account that showed it only, and only what waits', async () => {
      const { service, accounts, id } = await codeTypedIn(await userAndAccount());
      accounts.register('another', 'another@shop.example');

      expect(await service.pendingApprovals('another')).toEqual([]);
      expect(await service.approve('another', id)).toBe(false);
      expect(await service.reject('another', id)).toBe(false);
      for (const madeUp of ['made-up', 'x\u0000y', '']) {
        expect(await service.approve('old-account', madeUp)).toBe(false);
        expect(await service.reject('old-account', madeUp)).toBe(false);
      }
      expect(await service.approve('old-account', id)).toBe(true);
      expect(await service.approve('old-account', id)).toBe(false);
    });

    it('R6 links once: of 20 parallel polls after the approval one succeeds', async () => {
      const { service, ticket, code, id } = await codeTypedIn(await userAndAccount());
      await service.approve('old-account', id);

      const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcomeOf(service.confirm(ticket, code))));

      expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1);
    });

    it('R6 of another account does not complete a ticket that names one; its own account’s does', async () => {
      const { service, accounts, ticketFor } = fixture;
      accounts.register('old-account', MAIL);
      accounts.register('another', 'another@shop.example');
      const { ticket } = await ticketFor('user-1', MAIL);
      const { code: foreign } = await service.issueLinkCode('another');
      const { code } = await service.issueLinkCode('old-account');

      expect(await outcomeOf(service.confirm(ticket, foreign))).toBe('VODAPAY_LINK_PROOF_INVALID');
      expect((await refusalOf(service.confirm(ticket, code))).delivery).toBe('approval');
    });

    it('R6 the tries of a user without an account are five an hour too', async () => {
      const { service, waiting } = await userAndAccount();
      const ticket = await waiting();
      for (let n = 0; n < 5; n += 1) await outcomeOf(service.confirm(ticket, 'WRNGCDE2'));

      expect(await outcomeOf(service.confirm(ticket, 'WRNGCDE2'))).toBe('VODAPAY_TOO_MANY_ATTEMPTS');
    });

    it('R6 is shown ten times a day', async () => {
      const { service } = await userAndAccount();
      const outcomes = [];
      for (let n = 0; n < 11; n += 1) outcomes.push(await outcomeOf(service.issueLinkCode('old-account')));

      expect(outcomes).toEqual([...Array.from({ length: 10 }, () => 'ok'), 'VODAPAY_TOO_MANY_ATTEMPTS']);
    });

    it('I2 links a user whose first login was given up under another policy: the reservation becomes the link', async () => {
      const user = await userAndAccount();
      const { accounts, linkingUnder, database } = user;
      accounts.onCreate = () => Promise.reject(new Error('mail server down'));
      await outcomeOf(linkingUnder('create').login('user-1'));
      const [left] = await storedLinks(database.dataSource);
      const { service, ticket, code, id } = await codeTypedIn(user);
      await service.approve('old-account', id);

      expect(await outcomeOf(service.confirm(ticket, code))).toBe('ok');
      expect(left).toMatchObject({ state: 'reserved' });
      expect(await storedLinks(database.dataSource)).toEqual([{ ...left, state: 'active', account_id: 'old-account' }]);
    });

    it('R16 R24 is not shown for an account that is gone or disabled', async () => {
      const { service, accounts } = await userAndAccount();
      accounts.add('old-account', 'disabled');

      expect(await outcomeOf(service.issueLinkCode('old-account'))).toBe('VODAPAY_ACCOUNT_DISABLED');
      expect(await outcomeOf(service.issueLinkCode('nobody'))).toBe('VODAPAY_LINK_ORPHANED');
    });
  });

  /** An account, and users that nothing connects with it. */
  async function userAndAccount() {
    fixture.accounts.register('old-account', MAIL);
    const linking = fixture.linkingUnder('existing-only');
    const ticketFor = (userId: string) => fixture.ticketFor(userId, undefined, linking);
    const waiting = async () => (await ticketFor('user-1')).ticket;
    return { ...fixture, service: linking.service, ticketFor, waiting };
  }

  /** The user has typed in a code of the account, whose approval (by its id) is awaited now. */
  async function codeTypedIn(user: Awaited<ReturnType<typeof userAndAccount>>) {
    const { code } = await user.service.issueLinkCode('old-account');
    const ticket = await user.waiting();
    await refusalOf(user.service.confirm(ticket, code));
    const [approval] = await user.service.pendingApprovals('old-account');
    return { ...user, ticket, code, id: approval?.id ?? '' };
  }
}
