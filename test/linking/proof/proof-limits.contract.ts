import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { DatabaseKind } from '../../databases/open-database.js';
import { linkingOn, NAMESPACE, storedLinks } from '../linking-under-test.js';
import { outcomeOf, refusalOf, useProofs } from './use-proofs.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MAIL = 'owner@shop.example';
const WRONG = 'WRNGCDE2';

/** R6: what tickets and codes are bound to, how long they live, and how often they may be tried, on every database. */
export function proofLimitsContract(kind: DatabaseKind): void {
  const fixture = useProofs(kind);

  describe('a ticket', () => {
    it('R6 is good for ten minutes, and its code too', async () => {
      const { outbox, service, clock, ticketFor } = withOwner();
      const { ticket } = await ticketFor('user-1', MAIL);

      clock.now += 10 * MINUTE_MS;

      expect(await outcomeOf(service.confirm(ticket, outbox.lastCode))).toBe('VODAPAY_LINK_TICKET_INVALID');
      expect(await outcomeOf(service.decline(ticket))).toBe('VODAPAY_LINK_TICKET_INVALID');
    });

    it('R6 is good until the last of them', async () => {
      const { outbox, service, clock, ticketFor } = withOwner();
      const { ticket } = await ticketFor('user-1', MAIL);
      clock.now += 10 * MINUTE_MS - 1;

      expect(await outcomeOf(service.confirm(ticket, outbox.lastCode))).toBe('ok');
    });

    it('R6 is used once: of 50 parallel confirms one succeeds', async () => {
      const { outbox, service, database, ticketFor } = withOwner();
      const { ticket } = await ticketFor('user-1', MAIL);
      const code = outbox.lastCode;

      const outcomes = await Promise.all(Array.from({ length: 50 }, () => outcomeOf(service.confirm(ticket, code))));

      expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1);
      expect(new Set(outcomes)).toEqual(new Set(['ok', 'VODAPAY_TOO_MANY_ATTEMPTS', 'VODAPAY_LINK_TICKET_INVALID']));
      expect(await storedLinks(database.dataSource)).toMatchObject([{ account_id: 'old-account', state: 'active' }]);
    });

    it('R6 confirmed and declined in parallel ends in one of the two', async () => {
      const { outbox, service, database, ticketFor } = withOwner();
      const { ticket } = await ticketFor('user-1', MAIL);

      const outcomes = await Promise.all([
        outcomeOf(service.confirm(ticket, outbox.lastCode)),
        outcomeOf(service.decline(ticket)),
      ]);

      expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1);
      expect(await storedLinks(database.dataSource)).toHaveLength(1);
    });

    it('R6 of a newer login replaces the older one: one code is good at a time', async () => {
      const { outbox, service, ticketFor } = withOwner();
      const older = await ticketFor('user-1', MAIL);
      const olderCode = outbox.lastCode;
      const newer = await ticketFor('user-1', MAIL);

      expect(await outcomeOf(service.confirm(older.ticket, olderCode))).toBe('VODAPAY_LINK_TICKET_INVALID');
      expect(await outcomeOf(service.confirm(newer.ticket, olderCode))).toBe('VODAPAY_LINK_PROOF_INVALID');
      expect(await outcomeOf(service.confirm(newer.ticket, outbox.lastCode))).toBe('ok');
    });

    it('parallel first logins of one user in one process share a ticket and a message', async () => {
      const { outbox, linking, count } = withOwner();
      const reads = vi.spyOn(linking.links, 'findByIdentity');
      outbox.beforeSend = async () => {
        await Promise.all(reads.mock.results.map(({ value }) => value as Promise<unknown>));
        await nextTurn();
      };

      const tickets = await Promise.all(
        Array.from({ length: 20 }, () => refusalOf(linking.login('user-1', { email: MAIL }))),
      );

      expect(new Set(tickets.map(({ ticket }) => ticket)).size).toBe(1);
      expect(outbox.sent).toHaveLength(1);
      expect(await count('link_ticket')).toBe(1);
    });

    it('R6 with the code of another user’s ticket proves nothing', async () => {
      const { outbox, service, ticketFor } = withOwner();
      await ticketFor('user-1', MAIL);
      const codeOfAnother = outbox.lastCode;
      const { ticket } = await ticketFor('user-2', MAIL);

      expect(await outcomeOf(service.confirm(ticket, codeOfAnother))).toBe('VODAPAY_LINK_PROOF_INVALID');
    });

    it('R14 is worth nothing in another instance, also in the same namespace', async () => {
      const { outbox, ticketFor, linkingUnder } = withOwner();
      const { ticket } = await ticketFor('user-1', MAIL);
      const other = linkingUnder('ask', { clientId: 'another-client' }).service;

      expect(await outcomeOf(other.confirm(ticket, outbox.lastCode))).toBe('VODAPAY_LINK_TICKET_INVALID');
    });

    it.each(['', 'vpt_', `vps_${'a'.repeat(43)}`, `vpt_${'a'.repeat(43)}`, `vpt_${'ä'.repeat(43)}`])(
      'R13 that is unknown or misshapen is refused (%#)',
      async (ticket) => {
        expect(await outcomeOf(fixture.service.confirm(ticket, WRONG))).toBe('VODAPAY_LINK_TICKET_INVALID');
        expect(await outcomeOf(fixture.service.decline(ticket))).toBe('VODAPAY_LINK_TICKET_INVALID');
      },
    );

    it.each([undefined, null, 7, {}, ['x'], '', 'x'.repeat(65), 'a\u0000b'])(
      'R13 with a code that is no code is a 400 (%#)',
      async (code) => {
        const { ticket } = await withOwner().ticketFor('user-1', MAIL);
        expect(await outcomeOf(fixture.service.confirm(ticket, code as string))).toBe('VODAPAY_CREDENTIALS_MALFORMED');
      },
    );

    it('linked to the same account meanwhile is a success, to another one refused', async () => {
      const { accounts, outbox, service, linking, ticketFor } = withOwner();
      accounts.register('another', 'other@shop.example');
      const { ticket } = await ticketFor('user-1', MAIL);
      const code = outbox.lastCode;
      await linkMeanwhile('user-1', 'old-account');
      expect(await service.confirm(ticket, code)).toMatchObject({
        outcome: 'linked',
        link: { accountId: 'old-account' },
      });

      const second = await ticketFor('user-2', MAIL);
      const secondCode = outbox.lastCode;
      await linkMeanwhile('user-2', 'another');
      expect(await outcomeOf(service.confirm(second.ticket, secondCode))).toBe('VODAPAY_LINK_TICKET_INVALID');
      expect((await linking.login('user-2')).link.accountId).toBe('another');
    });

    it('R24 for an account that was disabled meanwhile links nothing', async () => {
      const { accounts, outbox, service, database, ticketFor } = withOwner();
      const { ticket } = await ticketFor('user-1', MAIL);
      accounts.add('old-account', 'disabled');

      expect(await outcomeOf(service.confirm(ticket, outbox.lastCode))).toBe('VODAPAY_ACCOUNT_DISABLED');
      expect(await storedLinks(database.dataSource)).toEqual([]);
    });
  });

  describe('tries', () => {
    it('R6 are five an hour per user and account, over all tickets, the right code included', async () => {
      const { outbox, service, clock, ticketFor } = withOwner();
      const first = await ticketFor('user-1', MAIL);
      for (let n = 0; n < 3; n += 1) {
        expect(await outcomeOf(service.confirm(first.ticket, WRONG))).toBe('VODAPAY_LINK_PROOF_INVALID');
      }
      const second = await ticketFor('user-1', MAIL);
      await expect(service.confirm(second.ticket, WRONG)).rejects.toMatchObject({ status: 403, next: 'retry' });
      await expect(service.confirm(second.ticket, WRONG)).rejects.toMatchObject({ status: 403, next: 'none' });

      await expect(service.confirm(second.ticket, outbox.lastCode)).rejects.toMatchObject({
        code: 'VODAPAY_TOO_MANY_ATTEMPTS',
        status: 429,
        retryAfterMs: HOUR_MS,
      });
      clock.now += HOUR_MS;
      const third = await ticketFor('user-1', MAIL);
      expect(await outcomeOf(service.confirm(third.ticket, outbox.lastCode))).toBe('ok');
    });

    it('R6 are five, also when 40 come in parallel over two servers', async () => {
      const { service, outbox, accounts, clock, database, ticketFor } = withOwner();
      const { ticket } = await ticketFor('user-1', MAIL);
      const more = { policy: 'ask', proofSender: outbox } as const;
      const other = linkingOn(await database.openAnother(), accounts, () => clock.now, more).service;

      const outcomes = await Promise.all(
        Array.from({ length: 40 }, (_, n) => outcomeOf((n % 2 === 0 ? service : other).confirm(ticket, WRONG))),
      );

      expect(tally(outcomes)).toEqual({ VODAPAY_LINK_PROOF_INVALID: 5, VODAPAY_TOO_MANY_ATTEMPTS: 35 });
    });

    it('R6 again five after an hour, also when 40 come in parallel to the slots that ran out', async () => {
      const { service, clock, ticketFor } = withOwner();
      const { ticket } = await ticketFor('user-1', MAIL);
      for (let n = 0; n < 5; n += 1) await outcomeOf(service.confirm(ticket, WRONG));
      clock.now += HOUR_MS;
      const next = await ticketFor('user-1', MAIL);

      const outcomes = await Promise.all(
        Array.from({ length: 40 }, () => outcomeOf(service.confirm(next.ticket, WRONG))),
      );

      expect(tally(outcomes)).toEqual({ VODAPAY_LINK_PROOF_INVALID: 5, VODAPAY_TOO_MANY_ATTEMPTS: 35 });
    });

    it('R6 are ten a day per account, whoever tries', async () => {
      const { service, clock, ticketFor } = withOwner();
      const outcomes: string[] = [];
      for (const userId of ['user-1', 'user-2', 'user-3']) {
        const { ticket } = await ticketFor(userId, MAIL);
        for (let n = 0; n < 4; n += 1) outcomes.push(await outcomeOf(service.confirm(ticket, WRONG)));
      }

      expect(tally(outcomes)).toEqual({ VODAPAY_LINK_PROOF_INVALID: 10, VODAPAY_TOO_MANY_ATTEMPTS: 2 });
      clock.now += 24 * HOUR_MS;
      const { ticket } = await ticketFor('user-4', MAIL);
      expect(await outcomeOf(service.confirm(ticket, WRONG))).toBe('VODAPAY_LINK_PROOF_INVALID');
    });

    it('are forgotten by purgeExpiredProofs when their time is over, with tickets and codes', async () => {
      const { service, clock, ticketFor, count } = withOwner();
      const { ticket } = await ticketFor('user-1', MAIL);
      await outcomeOf(service.confirm(ticket, WRONG));
      await service.issueLinkCode('old-account');
      clock.now += 24 * HOUR_MS;

      await service.purgeExpiredProofs();

      for (const table of ['link_ticket', 'link_attempt', 'link_code']) expect(await count(table)).toBe(0);
    });
  });

  describe('messages', () => {
    it('R6 are three an hour per user and account; who gets no fourth keeps the ticket of the third', async () => {
      const { outbox, linking, service, ticketFor } = withOwner();
      await ticketFor('user-1', MAIL);
      await ticketFor('user-1', MAIL);
      const { ticket } = await ticketFor('user-1', MAIL);

      await expect(linking.login('user-1', { email: MAIL })).rejects.toMatchObject({
        code: 'VODAPAY_TOO_MANY_ATTEMPTS',
        retryAfterMs: HOUR_MS,
      });
      expect(outbox.sent).toHaveLength(3);
      expect(await outcomeOf(service.confirm(ticket, outbox.lastCode))).toBe('ok');
    });

    it('R6 are three, also when two servers are asked in parallel', async () => {
      const { accounts, outbox, clock, database, linkingUnder } = withOwner();
      const servers = await Promise.all(
        Array.from({ length: 8 }, async () => {
          const more = { policy: 'ask', proofSender: outbox } as const;
          return linkingOn(await database.openAnother(), accounts, () => clock.now, more);
        }),
      );

      const outcomes = await Promise.all(
        [...servers, linkingUnder()].map(({ login }) => outcomeOf(login('user-1', { email: MAIL }))),
      );

      expect(tally(outcomes)).toEqual({ VODAPAY_LINK_PROOF_REQUIRED: 3, VODAPAY_TOO_MANY_ATTEMPTS: 6 });
      expect(outbox.sent).toHaveLength(3);
    });
  });

  function withOwner(): typeof fixture {
    fixture.accounts.register('old-account', MAIL);
    return fixture;
  }

  async function linkMeanwhile(userId: string, accountId: string): Promise<void> {
    const { links, changes } = fixture.linking;
    const identity = { namespace: NAMESPACE, userId };
    const change = changes.journal.plan({ kind: 'linked', actor: 'user', reason: 'proved-by-contact' }, identity);
    await links.restore({ ...identity, id: change.id, clientId: 'client', now: change.at }, accountId, change);
  }
}

function tally(outcomes: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
