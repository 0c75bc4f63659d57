import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { accountIdText } from '../linking/account-id.js';
import { identityHash } from '../linking/change/identity-hash.js';
import type { LinkEventView } from '../linking/change/link-views.js';
import { openTicket } from '../linking/proof/ticket-seal.js';
import { VodaPayLinkingService } from '../linking/vodapay-linking.service.js';
import type { VodaPayProfile } from '../linking/vodapay-profile.js';
import { LiveSessions } from '../session/live-sessions.js';
import { SecretBox } from '../session/secret-box.js';
import { uuidV7 } from '../store/uuid-v7.js';
import { correlated } from '../telemetry/correlation.js';
import { tellLog } from '../telemetry/tell-log.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { VODAPAY_CLOCK, VODAPAY_OPTIONS } from '../vodapay.tokens.js';
import { PersonDataRepository, type PersonTicketRow } from './person-data.repository.js';
import type { PersonExport } from './person-export.js';
import type { KnownPerson, Person } from './person.js';

/** What an erasure removed. */
export interface ErasureReport {
  readonly links: number;
  readonly sessions: number;
  readonly pendingLogins: number;
  readonly linkCodes: number;
}

/** Erased twice: a login that was under way at the first time may have stored something since. */
const PASSES = 2;

/** Events are exported page by page. */
const PAGE = 200;

/**
 * What the library stores about a person, for her request to see or to delete it (POPIA sections 23 and 24, docs/privacy.md).
 * Covers all client ids of this instance's namespace, and nothing of the application's own.
 */
@Injectable()
export class VodaPayPrivacyService {
  constructor(
    private readonly rows: PersonDataRepository,
    private readonly linking: VodaPayLinkingService,
    private readonly sessions: LiveSessions,
    private readonly box: SecretBox,
    @Inject(VODAPAY_OPTIONS)
    private readonly options: Pick<ResolvedVodaPayOptions, 'namespace' | 'accounts' | 'correlationKey' | 'linking'>,
    @Inject(VODAPAY_CLOCK) private readonly now: () => number,
  ) {}

  /**
   * Everything stored about the person, ready for `JSON.stringify`. A login of somebody who has yet to prove the account
   * is not hers until then, and is left out of the export of an account.
   *
   * @throws VodaPayError VODAPAY_STORE_UNAVAILABLE, VODAPAY_STORE_FAILED
   *
   * @example
   * const data = await privacy.exportPerson({ accountId: account.id });
   */
  async exportPerson(person: Person): Promise<PersonExport> {
    const { accountIds, userIds } = await this.know(person);
    const links = await this.linksOf(person);
    const sessions = await each(accountIds, (id) => this.rows.read('sessionsOfAccount', id));
    const tickets = await each(userIds, (id) => this.rows.read('ticketsOfUser', id));
    const codes = await each(accountIds, (id) => this.rows.read('codesOfAccount', id));
    return {
      exportedAt: this.now(),
      namespace: this.options.namespace,
      links: links.map((row) => ({
        linkId: row.id,
        clientId: row.client_id,
        userId: row.vodapay_user_id,
        accountId: row.account_id,
        state: row.state,
        linkedAt: numberOrNull(row.linked_at),
      })),
      sessions: sessions.map((row) => ({
        id: row.id,
        clientId: row.client_id,
        createdAt: Number(row.created_at),
        lastSeenAt: numberOrNull(row.last_seen_at),
        validatedAt: Number(row.validated_at),
        expiresAt: Number(row.expires_at),
        holdsWalletTokens: row.access_token !== null || row.refresh_token !== null,
      })),
      pendingLogins: await Promise.all(
        tickets.map(async (row) => ({
          clientId: row.client_id,
          userId: row.vodapay_user_id,
          accountId: row.account_id,
          state: row.state,
          expiresAt: Number(row.expires_at),
          profile: await this.profileIn(row),
        })),
      ),
      linkCodes: codes.map((row) => ({ accountId: row.account_id, expiresAt: Number(row.expires_at) })),
      events: await each(accountIds, (id) => this.eventsOf(id)),
    };
  }

  /**
   * Removes everything stored about the person: links, sessions with VodaPay's tokens, pending logins, link codes. Of the
   * log of links, keyed hashes stay and the account id goes; one more event tells that somebody was erased. Remove or
   * disable your own account first, so that a login under way can't end in it. What such a login makes is a fresh account
   * or a refusal (R17). Calling it again is no error.
   *
   * @throws VodaPayError VODAPAY_STORE_UNAVAILABLE, VODAPAY_STORE_FAILED: call it again
   *
   * @example
   * await privacy.erasePerson({ accountId: account.id });
   */
  erasePerson(person: Person): Promise<ErasureReport> {
    return correlated(() => this.erase(person));
  }

  private async erase(person: Person): Promise<ErasureReport> {
    const startedAt = this.now();
    const links = await this.linksOf(person);
    const { accountIds, userIds } = await this.know(person);
    let [sessions, pendingLogins, linkCodes] = [0, 0, 0];
    for (const userId of userIds) {
      pendingLogins += await this.rows.remove('removeTicketsOfUser', userId);
      await this.rows.remove('removeReservation', userId);
    }
    for (let pass = 1; pass <= PASSES; pass += 1) {
      for (const accountId of accountIds) {
        sessions += (await this.rows.read('sessionsOfAccount', accountId)).length;
        await this.eraseAccount(accountId);
        pendingLogins += await this.rows.remove('removeTicketsOfAccount', accountId);
        linkCodes += await this.rows.remove('removeCodes', accountId);
        await this.rows.remove('removeHolds', accountId);
      }
    }
    for (const userId of userIds) {
      const linkId = links.find((row) => row.vodapay_user_id === userId)?.id ?? '';
      await this.tell(userId, linkId, startedAt);
    }
    const report = { links: links.length, sessions, pendingLogins, linkCodes };
    tellLog('vodapay.person.erased', report);
    return report;
  }

  /** Through the services that do it otherwise, so that caches, sockets and owing events know; then what is left. */
  private async eraseAccount(accountId: string): Promise<void> {
    await this.linking.removeAccount(this.options.accounts.parseId?.(accountId) ?? accountId);
    await this.sessions.endByAccount(accountId);
    await this.rows.remove('removeSessions', accountId);
  }

  /** Events from before the last account of this identity still name theirs. */
  private async tell(userId: string, linkId: string, startedAt: number): Promise<void> {
    const { namespace, correlationKey, linking } = this.options;
    const hash = identityHash(correlationKey, { namespace, userId });
    await this.rows.forgetInEvents(hash, startedAt);
    const at = this.now();
    const id = uuidV7(at, randomBytes(10));
    await this.rows.tellErased({ id, at, policy: linking.policy, linkId, identityHash: hash });
    const change = { change: 'erased', reason: 'asked', actor: 'merchant', linkId, identityHash: hash } as const;
    tellLog('vodapay.link.changed', change);
  }

  private async know(person: Person): Promise<KnownPerson> {
    const links = await this.linksOf(person);
    const accountIds = links.flatMap((row) => row.account_id ?? []);
    const userIds = links.map((row) => row.vodapay_user_id);
    return 'userId' in person
      ? { accountIds: distinct(accountIds), userIds: distinct([...userIds, person.userId]) }
      : { accountIds: distinct([...accountIds, this.textOf(person)]), userIds: distinct(userIds) };
  }

  /** Her links, and all others of the accounts that they open. */
  private async linksOf(person: Person) {
    const accountIds =
      'userId' in person
        ? (await this.rows.read('linksOfUser', person.userId)).flatMap((row) => row.account_id ?? [])
        : [this.textOf(person)];
    const own = 'userId' in person ? await this.rows.read('linksOfUser', person.userId) : [];
    const others = await each(distinct(accountIds), (id) => this.rows.read('linksOfAccount', id));
    return [...new Map([...own, ...others].map((row) => [row.id, row])).values()];
  }

  private textOf({ accountId }: { readonly accountId: string | number }): string {
    return accountIdText(accountId, this.options.accounts);
  }

  private async profileIn({ id, client_id: clientId, sealed }: PersonTicketRow): Promise<VodaPayProfile | null> {
    const { namespace } = this.options;
    return openTicket(this.box, { id, namespace, clientId, sealed }).then(
      ({ profile }) => profile,
      () => null,
    );
  }

  private async eventsOf(accountId: string): Promise<readonly LinkEventView[]> {
    const id = this.options.accounts.parseId?.(accountId) ?? accountId;
    const events: LinkEventView[] = [];
    for (;;) {
      const before = events.at(-1)?.id;
      const page = await this.linking.events(id, { limit: PAGE, ...(before === undefined ? {} : { before }) });
      events.push(...page);
      if (page.length < PAGE) return events;
    }
  }
}

async function each<T, R>(values: readonly T[], work: (value: T) => Promise<readonly R[]>): Promise<readonly R[]> {
  const results: R[] = [];
  for (const value of values) results.push(...(await work(value)));
  return results;
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

function numberOrNull(value: string | number | null): number | null {
  return value === null ? null : Number(value);
}
