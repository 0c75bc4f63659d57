import { describe, expect, it } from 'vitest';
import type { DatabaseKind } from '../../databases/open-database.js';
import { firstLogin, outcomeOf, refusalOf, useProofs } from './use-proofs.js';

const MAIL = 'victim@example.test';

/** An attacker registered the victim's e-mail, she clicked the link that verified it, and he put his wallet on the account. */
export function preHijackContract(kind: DatabaseKind): void {
  describe('an account that somebody else prepared before its contact’s owner came', () => {
    const fixture = useProofs(kind);

    /** He is signed in at the website with his password, so he can read link codes and approve. */
    async function attackersTicket(userId: string) {
      const { service, ...linking } = fixture.linkingUnder('existing-only');
      const { ticket } = await fixture.ticketFor(userId, undefined, { service, ...linking });
      const { code } = await service.issueLinkCode('account');
      await refusalOf(service.confirm(ticket, code));
      const [approval] = await service.pendingApprovals('account');
      await service.approve('account', approval?.id ?? '');
      return { confirm: () => service.confirm(ticket, code) };
    }

    async function victimsTicket() {
      const { ticket, delivery } = await fixture.ticketFor('victim', MAIL);
      expect(delivery).toBe('email');
      return { confirm: () => fixture.service.confirm(ticket, fixture.outbox.lastCode) };
    }

    const usersOf = async (): Promise<readonly string[]> =>
      (await fixture.service.linksOf('account')).map(({ userId }) => userId);

    it('R5 a wallet that he linked by a link code opens it no more after her confirm, and the log says why', async () => {
      const { accounts, linking, notices, service } = fixture;
      accounts.register('account', MAIL);
      await (await attackersTicket('attacker')).confirm();
      expect((await linking.login('attacker')).link.accountId).toBe('account');

      await (await victimsTicket()).confirm();

      expect(await usersOf()).toEqual(['victim']);
      expect((await linking.login('attacker')).link.accountId).not.toBe('account');
      const log = (await service.events('account')).map(({ kind: what, reason }) => `${what} ${reason}`);
      expect(log.toSorted()).toEqual(['linked proved-by-contact', 'linked proved-by-link-code', 'unlinked not-proven']);
      expect(notices.notices.map(({ kind: what }) => what)).toEqual(['linked', 'unlinked', 'linked']);
    });

    it('R5 nor does the wallet whose first login made it', async () => {
      const { accounts, linking } = fixture;
      accounts.onCreate = () => Promise.resolve({ id: accounts.add('account') });
      await linking.login('attacker');
      accounts.register('account', MAIL);

      await (await victimsTicket()).confirm();

      expect(await usersOf()).toEqual(['victim']);
    });

    it('R5 a proof that he has under way, approved or not, is worth nothing after her confirm', async () => {
      fixture.accounts.register('account', MAIL);
      const approved = await attackersTicket('attacker');
      const { service } = fixture.linkingUnder('existing-only');
      const { code } = await service.issueLinkCode('account');

      await (await victimsTicket()).confirm();

      expect(await outcomeOf(approved.confirm())).toBe('VODAPAY_LINK_TICKET_INVALID');
      const { ticket } = await fixture.ticketFor('attacker-2', undefined, fixture.linkingUnder('existing-only'));
      expect(await outcomeOf(service.confirm(ticket, code))).toBe('VODAPAY_LINK_PROOF_INVALID');
      expect(await usersOf()).toEqual(['victim']);
    });

    it('R5 nor when both come at the same moment, in 20 rounds', async () => {
      for (let round = 0; round < 20; round += 1) {
        fixture.clock.now += 86_400_000;
        const { accounts, linking } = fixture;
        accounts.register('account', MAIL);
        const [his, hers] = [await attackersTicket(`attacker-${round}`), await victimsTicket()];

        const [, end] = await Promise.all([outcomeOf(his.confirm()), outcomeOf(hers.confirm())]);

        expect(end).toBe('ok');
        expect(await usersOf()).toEqual(['victim']);
        await linking.service.removeAccount('account');
      }
    });

    it('R5 a link code that he gets while her confirm is clearing the account is worth nothing', async () => {
      const { accounts, service, count } = fixture;
      accounts.register('account', MAIL);
      const hers = await victimsTicket();
      let his: Awaited<ReturnType<typeof attackersTicket>> | undefined;
      accounts.dropUnprovenCredentials = async () => {
        his = await attackersTicket('attacker');
        await service.issueLinkCode('account');
      };

      await hers.confirm();

      expect(await count('link_code')).toBe(0);
      expect(await outcomeOf(his?.confirm() ?? Promise.resolve())).toBe('VODAPAY_LINK_TICKET_INVALID');
      expect(await usersOf()).toEqual(['victim']);
    });

    it('keeps the links of wallets that have proven the same contact', async () => {
      const { accounts, outbox, service, linking } = fixture;
      accounts.register('account', MAIL);
      await (await victimsTicket()).confirm();

      fixture.clock.now += 1;
      const { ticket } = await refusalOf(firstLogin(linking, 'her-second-wallet', MAIL));
      await service.confirm(ticket, outbox.lastCode);

      expect(await usersOf()).toEqual(['victim', 'her-second-wallet']);
    });
  });
}
