import { describe, expect, it } from 'vitest';
import { loginOf, storedLinks } from '../linking-under-test.js';
import { storeLink } from '../store-link.js';
import { firstLogin, outcomeOf, type ProofFixture } from './use-proofs.js';

const MINUTE_MS = 60_000;
const MAIL = 'owner@shop.example';

/** What the proof of an account's contact clears away, and what nobody gains by having been there before. */
export function contactProofContract(fixture: ProofFixture): void {
  describe('after a confirm by contact code', () => {
    it('R5 R23 the account’s other links and all its sessions end, unproven credentials are dropped, its owner is told', async () => {
      const { accounts, outbox, notices, service, clock, ticketFor, count } = fixture;
      accounts.register('old-account', MAIL);
      accounts.unproven.add('old-account');
      await openSession('old-account');
      const { ticket } = await ticketFor('user-1', MAIL);
      expect(await count('session')).toBe(1);

      await service.confirm(ticket, outbox.lastCode);

      expect(await count('session')).toBe(0);
      expect([...accounts.unproven]).toEqual([]);
      expect(notices.notices).toEqual([
        { kind: 'unlinked', accountId: 'old-account', at: clock.now },
        { kind: 'linked', accountId: 'old-account', at: clock.now },
      ]);
    });

    it('R5 pre-hijack: who registered the victim’s e-mail unverified gains nothing from her first login', async () => {
      const { accounts, linking } = fixture;
      accounts.register('attacker', MAIL, { verified: false });

      const { link } = await firstLogin(linking, 'victim', MAIL);

      expect(link.accountId).not.toBe('attacker');
    });

    it('R5 pre-hijack: nothing from her confirm, his password and session are gone before the link is there', async () => {
      const { accounts, outbox, service, database, ticketFor, count } = fixture;
      accounts.register('attacker', MAIL); // She clicked the verification link of his registration.
      accounts.unproven.add('attacker');
      await openSession('attacker');
      const { ticket } = await ticketFor('victim', MAIL);
      let linksAtDrop: unknown;
      accounts.dropUnprovenCredentials = async (id) => {
        linksAtDrop = await storedLinks(database.dataSource);
        accounts.unproven.delete(id);
      };

      await service.confirm(ticket, outbox.lastCode);

      expect(linksAtDrop).toEqual([]);
      expect(await count('session')).toBe(0);
      expect([...accounts.unproven]).toEqual([]);
    });

    it('R5 pre-hijack: nothing from her decline', async () => {
      const { accounts, service, ticketFor } = fixture;
      accounts.register('attacker', MAIL);

      const { ticket } = await ticketFor('victim', MAIL);

      expect((await service.decline(ticket)).link.accountId).not.toBe('attacker');
    });

    it('R5 when the credentials cannot be dropped nothing is linked, and the next login asks again', async () => {
      const { accounts, outbox, database, service, ticketFor } = fixture;
      accounts.register('old-account', MAIL);
      const { ticket } = await ticketFor('user-1', MAIL);
      accounts.dropUnprovenCredentials = () => Promise.reject(new Error('no'));

      expect(await outcomeOf(service.confirm(ticket, outbox.lastCode))).toBe('VODAPAY_ACCOUNT_DIRECTORY_FAILED');
      expect(await storedLinks(database.dataSource)).toEqual([]);
      expect((await ticketFor('user-1', MAIL)).delivery).toBe('email');
    });
  });

  /** A session of somebody who uses this account already. */
  async function openSession(accountId: string): Promise<void> {
    const { links, sessions } = fixture.linking;
    const now = fixture.clock.now;
    const linkId = sessions.newId(now);
    const login = loginOf(`user of ${accountId}`);
    await storeLink(links, { ...login, id: linkId, accountId, at: now - MINUTE_MS });
    await sessions.open({
      id: sessions.newId(now),
      tokenHash: 'f'.repeat(64),
      linkId,
      accountId,
      createdAt: now,
      expiresAt: now + MINUTE_MS,
      accessToken: null,
      accessTokenExpiresAt: null,
      refreshToken: null,
      refreshTokenExpiresAt: null,
    });
  }
}
