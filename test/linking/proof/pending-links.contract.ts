import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { VodaPayError } from '../../../libs/vodapay/src/errors/vodapay-error.js';
import { storedLinks } from '../linking-under-test.js';
import { CARRIED, firstLogin, outcomeOf, refusalOf, type ProofFixture } from './use-proofs.js';

const MINUTE_MS = 60_000;
const MAIL = 'owner@shop.example';

/** Under `ask` and `existing-only`: what needs a proof, and what a proof does, whatever the database. */
export function pendingLinksContract(fixture: ProofFixture): void {
  describe('under the policy ask', () => {
    it('R2 R4 a user with one candidate gets a ticket and no link; the code goes to the contact on record', async () => {
      const { accounts, outbox, database, linking, clock } = fixture;
      accounts.register('old-account', MAIL);

      const { delivery } = await refusalOf(firstLogin(linking, 'user-1', MAIL));

      expect(delivery).toBe('email');
      expect(outbox.sent).toEqual([
        {
          accountId: 'old-account',
          contact: 'email',
          code: expect.stringMatching(/^[A-HJKMNP-Z2-9]{8}$/) as string,
          expiresAt: clock.now + 10 * MINUTE_MS,
          purpose: 'link',
          merchantName: 'Corner Shop',
        },
      ]);
      expect(await storedLinks(database.dataSource)).toEqual([]);
      expect(accounts.keys).toEqual([]);
    });

    it('R4 ticket and code link the account; the next login finds it, and what the ticket kept comes back', async () => {
      const { accounts, outbox, linking, service, ticketFor } = fixture;
      accounts.register('old-account', MAIL);
      const { ticket } = await ticketFor('user-1', MAIL);

      const confirmed = await service.confirm(ticket, outbox.lastCode);
      const next = await linking.login('user-1');

      expect(confirmed).toMatchObject({
        outcome: 'linked',
        link: { accountId: 'old-account' },
        account: { state: 'active' },
        profile: { userId: 'user-1', nickName: 'Zanele' },
        carried: CARRIED,
      });
      expect(next).toMatchObject({ outcome: 'existing', link: confirmed.link });
      expect(await service.events('old-account')).toMatchObject([{ kind: 'linked', reason: 'proved-by-contact' }]);
      expect(accounts.keys).toEqual([]);
    });

    it('a code is taken in any case, with blanks and hyphens', async () => {
      const { accounts, outbox, service, ticketFor } = fixture;
      accounts.register('old-account', MAIL);
      const { ticket } = await ticketFor('user-1', MAIL);
      const { lastCode } = outbox;

      const typed = ` ${lastCode.slice(0, 4).toLowerCase()}-${lastCode.slice(4)} `;

      expect((await service.confirm(ticket, typed)).outcome).toBe('linked');
    });

    it('a user without a candidate gets an account at once', async () => {
      const { linking, outbox } = fixture;

      expect((await firstLogin(linking, 'user-1', MAIL)).outcome).toBe('created');
      expect(outbox.sent).toEqual([]);
    });

    it('several candidates: nothing is sent, and only a link code completes', async () => {
      const { accounts, outbox, ticketFor } = fixture;
      accounts.register('one', MAIL);
      accounts.register('two', MAIL);

      expect((await ticketFor('user-1', MAIL)).delivery).toBe('link-code');
      expect(outbox.sent).toEqual([]);
    });

    it('one account that matches by e-mail and by phone is one candidate', async () => {
      const { accounts, ticketFor } = fixture;
      accounts.register('one', MAIL);
      accounts.candidates = [
        { id: 'one', contact: 'phone', contactVerified: true },
        { id: 'one', contact: 'email', contactVerified: true },
      ];

      expect((await ticketFor('user-1', MAIL)).delivery).toBe('phone');
    });

    it("create's conflict: a ticket that a link code completes, and no row stays behind", async () => {
      const { accounts, database, ticketFor } = fixture;
      accounts.onCreate = async () => ({ conflict: 'the phone number is taken' });

      expect((await ticketFor('user-1', MAIL)).delivery).toBe('link-code');
      expect(await storedLinks(database.dataSource)).toEqual([]);
    });

    it('R5 a candidate whose contact the merchant has not verified is none, also when the merchant returns it', async () => {
      const { accounts, linking, outbox } = fixture;
      accounts.register('attacker', MAIL, { verified: false });
      accounts.candidates = [{ id: 'attacker', contact: 'email', contactVerified: false as unknown as true }];

      const { outcome, link } = await firstLogin(linking, 'user-1', MAIL);

      expect([outcome, link.accountId === 'attacker', outbox.sent]).toEqual(['created', false, []]);
    });

    it('a sender that fails is a refusal, repeats nothing it said, and the next login sends again', async () => {
      const { accounts, outbox, linking, ticketFor } = fixture;
      accounts.register('old-account', MAIL);
      outbox.failure = new Error(`mailbox ${MAIL} is full`);

      const error: unknown = await firstLogin(linking, 'user-1', MAIL).catch((thrown: unknown) => thrown);

      expect(error).toMatchObject({ code: 'VODAPAY_LINK_PROOF_NOT_SENT', status: 503 });
      expect(inspect(error)).not.toContain(MAIL);
      outbox.failure = undefined;
      expect((await ticketFor('user-1', MAIL)).delivery).toBe('email');
    });

    it('declined: a fresh account, and the ticket is used up', async () => {
      const { accounts, linking, service, outbox, ticketFor } = fixture;
      accounts.register('old-account', MAIL);
      const { ticket } = await ticketFor('user-1', MAIL);

      const declined = await service.decline(ticket);

      expect(declined).toMatchObject({ outcome: 'created', carried: CARRIED });
      expect(declined.link.accountId).not.toBe('old-account');
      expect(await outcomeOf(service.decline(ticket))).toBe('VODAPAY_LINK_TICKET_INVALID');
      expect(await outcomeOf(service.confirm(ticket, outbox.lastCode))).toBe('VODAPAY_LINK_TICKET_INVALID');
      expect((await linking.login('user-1')).link).toEqual(declined.link);
      expect(await service.events(declined.link.accountId)).toMatchObject([{ kind: 'linked', reason: 'declined' }]);
    });
  });

  describe('under the policy existing-only', () => {
    it('no account is made: a ticket without an account, which cannot be declined', async () => {
      const { accounts, linkingUnder, ticketFor } = fixture;
      const linking = linkingUnder('existing-only');

      const { ticket, delivery } = await ticketFor('user-1', MAIL, linking);

      expect(delivery).toBe('link-code');
      expect(await outcomeOf(linking.service.decline(ticket))).toBe('VODAPAY_NOT_LINKED');
      expect(accounts.keys).toEqual([]);
    });

    it('R4 a link code of an account links it once its owner has approved', async () => {
      const { accounts, linkingUnder, notices, ticketFor, clock } = fixture;
      const { service, ...linking } = linkingUnder('existing-only');
      accounts.register('old-account', MAIL);
      const { ticket } = await ticketFor('user-1', undefined, { ...linking, service });
      const { code, expiresAt } = await service.issueLinkCode('old-account');

      expect([code.length, expiresAt]).toEqual([8, clock.now + 10 * MINUTE_MS]);
      expect(await refusalOf(service.confirm(ticket, code))).toEqual({ ticket, delivery: 'approval' });
      const [approval] = await service.pendingApprovals('old-account');
      expect(approval).toEqual({
        id: expect.any(String) as string,
        nickName: 'Z••',
        purpose: 'link',
        requestedAt: clock.now,
      });
      expect(await service.approve('old-account', approval?.id ?? '')).toBe(true);
      expect(await service.confirm(ticket, code)).toMatchObject({
        outcome: 'linked',
        link: { accountId: 'old-account' },
      });
      expect(accounts.dropped).toEqual([]);
      expect(notices.notices).toMatchObject([{ kind: 'linked', accountId: 'old-account' }]);
    });
  });

  describe('the answer', () => {
    it('R19 carries the ticket where no log that prints the error finds it', async () => {
      const { accounts, linking } = fixture;
      accounts.register('old-account', MAIL);

      const error: unknown = await firstLogin(linking, 'user-1', MAIL).catch((thrown: unknown) => thrown);

      expect(error).toBeInstanceOf(VodaPayError);
      const { refusal } = error as VodaPayError;
      for (const text of [inspect(error, { showHidden: true, depth: 9 }), JSON.stringify(error), String(error)]) {
        expect(text).not.toContain(refusal?.ticket);
      }
    });

    it('R19 R22 what is stored is hashed or sealed: no ticket, no code, no profile, no token', async () => {
      const { accounts, outbox, database, service, ticketFor } = fixture;
      accounts.register('old-account', MAIL);
      const { ticket } = await ticketFor('user-1', MAIL);
      const { code } = await service.issueLinkCode('old-account');

      for (const table of ['link_ticket', 'link_attempt', 'link_code']) {
        const rows = JSON.stringify(await database.dataSource.query(`SELECT * FROM vodapay_${table}`));
        for (const secret of [ticket, outbox.lastCode, code, CARRIED, MAIL, 'Zanele'])
          expect(rows).not.toContain(secret);
      }
    });

    it('I7 preview tells in a code and in words what a login would do, writes nothing and sends nothing', async () => {
      const { accounts, outbox, service, linkingUnder, count } = fixture;
      accounts.register('old-account', MAIL);

      expect(await service.preview({ userId: 'user-1', email: MAIL })).toEqual({
        kind: 'pending',
        reason: 'ONE_CANDIDATE',
        words: expect.stringMatching(/\.$/) as string,
        delivery: 'email',
      });
      expect(await service.preview({ userId: 'user-1' })).toMatchObject({ kind: 'create', reason: 'NO_CANDIDATE' });
      expect(await linkingUnder('existing-only').service.preview({ userId: 'user-1' })).toMatchObject({
        kind: 'pending',
        delivery: 'link-code',
      });
      expect(outbox.sent).toEqual([]);
      for (const table of ['account_link', 'link_ticket', 'link_attempt']) expect(await count(table)).toBe(0);
    });
  });
}
