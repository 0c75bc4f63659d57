import { describe, expect, it } from 'vitest';
import type { DatabaseKind } from '../../databases/open-database.js';
import { outcomeOf, refusalOf, useProofs } from './use-proofs.js';

const MAIL = 'owner@example.test';
const MINUTE_MS = 60_000;

/** Somebody got a second account by her first VodaPay login, and moves her wallet to the one that she had. */
export function movingContract(kind: DatabaseKind): void {
  describe('a move that is proven by a code', () => {
    const fixture = useProofs(kind);

    async function signedIn(userId = 'user-1') {
      const { link } = await fixture.linkingUnder('create').login(userId);
      fixture.clock.now += 1;
      const user = { accountId: link.accountId, linkId: link.id, authenticatedAt: fixture.clock.now };
      return { user, profile: { userId, nickName: 'Zanele', email: MAIL } };
    }

    const opens = async (userId: string): Promise<string> => (await fixture.linking.login(userId)).link.accountId;

    it('R4 by a link code of the other account goes through once its owner has approved', async () => {
      const { accounts, notices, service } = fixture;
      const { user, profile } = await signedIn();
      accounts.register('shop-account', 'other@example.test');
      const { code } = await service.issueLinkCode('shop-account');
      const { ticket, delivery } = await service.requestMove(user, profile);
      expect(delivery).toBe('link-code');

      expect(await refusalOf(service.confirmMove(user, ticket, code))).toEqual({ ticket, delivery: 'approval' });
      expect(await opens('user-1')).toBe(user.accountId);
      const [approval] = await service.pendingApprovals('shop-account');
      expect(approval?.nickName).toBe('Z••');
      await service.approve('shop-account', approval?.id ?? '');
      await service.confirmMove(user, ticket, code);

      expect(await opens('user-1')).toBe('shop-account');
      const event = { kind: 'moved', reason: 'proved-by-link-code', fromAccountId: user.accountId };
      expect((await service.events('shop-account'))[0]).toMatchObject(event);
      expect(notices.notices.map(({ kind: what, accountId }) => [what, accountId])).toEqual([
        ['moved-away', user.accountId],
        ['moved-here', 'shop-account'],
      ]);
    });

    it('R4 R5 by a code to the contact of the other account clears that account of what was not proven', async () => {
      const { accounts, outbox, service } = fixture;
      const { user, profile } = await signedIn();
      accounts.register('shop-account', MAIL);
      accounts.register(user.accountId, MAIL); // Her present account is no candidate.
      accounts.unproven.add('shop-account');

      const { ticket, delivery } = await service.requestMove(user, profile);
      expect([delivery, outbox.sent.at(-1)]).toEqual([
        'email',
        expect.objectContaining({ accountId: 'shop-account', purpose: 'move' }),
      ]);
      await service.confirmMove(user, ticket, outbox.lastCode);

      expect(await opens('user-1')).toBe('shop-account');
      expect((await service.events('shop-account'))[0]).toMatchObject({ kind: 'moved', reason: 'proved-by-contact' });
      expect([...accounts.unproven]).toEqual([]);
    });

    it('R4 asks for a link code where several accounts have the contact, or the profile is not known', async () => {
      const { accounts, service } = fixture;
      const { user, profile } = await signedIn();
      accounts.register('shop-1', MAIL);
      expect((await service.requestMove(user)).delivery).toBe('link-code');
      accounts.register('shop-2', MAIL);
      expect((await service.requestMove(user, profile)).delivery).toBe('link-code');
    });

    it('R6 its ticket is for a move of this user only, and a login’s ticket is for no move', async () => {
      const { accounts, outbox, service } = fixture;
      const [mine, hers] = [await signedIn(), await signedIn('user-2')];
      accounts.register('shop-account', MAIL);
      const move = await service.requestMove(mine.user, mine.profile);
      const code = outbox.lastCode;
      const login = await fixture.ticketFor('user-3', MAIL);

      expect(await outcomeOf(service.confirm(move.ticket, code))).toBe('VODAPAY_LINK_TICKET_INVALID');
      expect(await outcomeOf(service.decline(move.ticket))).toBe('VODAPAY_LINK_TICKET_INVALID');
      expect(await outcomeOf(service.confirmMove(mine.user, login.ticket, outbox.lastCode))).toBe(
        'VODAPAY_LINK_TICKET_INVALID',
      );
      expect(await outcomeOf(service.confirmMove(hers.user, move.ticket, code))).toBe('VODAPAY_LINK_TICKET_INVALID');
      expect(await outcomeOf(service.confirmMove(mine.user, move.ticket, 'WRNGCDE2'))).toBe(
        'VODAPAY_LINK_PROOF_INVALID',
      );
      expect(await outcomeOf(service.confirmMove(mine.user, move.ticket, code))).toBe('ok');
    });

    it('R6 happens once: of 20 parallel confirms one succeeds', async () => {
      const { accounts, service } = fixture;
      const { user, profile } = await signedIn();
      accounts.register('shop-account', 'other@example.test');
      const { code } = await service.issueLinkCode('shop-account');
      const { ticket } = await service.requestMove(user, profile);
      await refusalOf(service.confirmMove(user, ticket, code));
      const [approval] = await service.pendingApprovals('shop-account');
      await service.approve('shop-account', approval?.id ?? '');

      const ends = await Promise.all(
        Array.from({ length: 20 }, () => outcomeOf(service.confirmMove(user, ticket, code))),
      );

      expect(ends.filter((end) => end === 'ok')).toHaveLength(1);
      expect((await service.events('shop-account')).map(({ kind: what }) => what)).toEqual(['moved']);
    });

    it('R23 needs a recent sign-in to be asked for, and another one to be carried out', async () => {
      const { accounts, outbox, clock, service } = fixture;
      const { user, profile } = await signedIn();
      accounts.register('shop-account', MAIL);
      const { ticket } = await service.requestMove(user, profile);
      clock.now += 6 * MINUTE_MS;

      expect(await outcomeOf(service.requestMove(user, profile))).toBe('VODAPAY_REAUTHENTICATION_REQUIRED');
      expect(await outcomeOf(service.confirmMove(user, ticket, outbox.lastCode))).toBe(
        'VODAPAY_REAUTHENTICATION_REQUIRED',
      );
      const again = { ...user, authenticatedAt: clock.now };
      expect(await outcomeOf(service.confirmMove(again, ticket, outbox.lastCode))).toBe('ok');
    });

    it('R16 R17 R24 goes to no account that is gone or disabled, and from no link that has ended', async () => {
      const { accounts, outbox, service } = fixture;
      const { user, profile } = await signedIn();
      accounts.register('shop-account', MAIL);
      const { ticket } = await service.requestMove(user, profile);

      accounts.add('shop-account', 'disabled');
      expect(await outcomeOf(service.confirmMove(user, ticket, outbox.lastCode))).toBe('VODAPAY_ACCOUNT_DISABLED');
      accounts.accounts.delete('shop-account');
      expect(await outcomeOf(service.confirmMove(user, ticket, outbox.lastCode))).toBe('VODAPAY_LINK_ORPHANED');
      await service.removeAccount(user.accountId);
      expect(await outcomeOf(service.confirmMove(user, ticket, outbox.lastCode))).toBe('VODAPAY_NOT_LINKED');
    });
  });
}
