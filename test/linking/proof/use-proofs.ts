import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { VodaPayError } from '../../../libs/vodapay/src/errors/vodapay-error.js';
import type { LinkDelivery } from '../../../libs/vodapay/src/errors/link-delivery.js';
import type { LinkingPolicy } from '../../../libs/vodapay/src/linking/decide-link.js';
import type { VodaPayLinkingService } from '../../../libs/vodapay/src/linking/vodapay-linking.service.js';
import { openDatabase, type DatabaseKind, type OpenDatabase } from '../../databases/open-database.js';
import { recordSecret } from '../../leaks/record-secret.js';
import { CLIENT_ID, LIBRARY, linkingOn, NAMESPACE, type LinkingUnderTest } from '../linking-under-test.js';
import { Notices, Outbox, ProofAccounts } from './proof-accounts.js';

/** One merchant with users, her mailbox, a clock, and the linking service of one server. */
export interface ProofFixture {
  database: OpenDatabase;
  clock: { now: number };
  accounts: ProofAccounts;
  outbox: Outbox;
  notices: Notices;
  /** Policy `ask` unless another is given. */
  linkingUnder(policy?: LinkingPolicy, more?: Parameters<typeof linkingOn>[3]): LinkingUnderTest;
  linking: LinkingUnderTest;
  service: VodaPayLinkingService;
  /** A first login that must end in a ticket. */
  ticketFor(userId: string, email?: string, linking?: LinkingUnderTest): Promise<Ticket>;
  count(table: string): Promise<number>;
}

export interface Ticket {
  readonly ticket: string;
  readonly delivery: LinkDelivery;
}

export const CARRIED = 'carried-access-token-of-the-wallet';
const TABLES = ['account_link', 'link_event', 'account_hold', 'link_ticket', 'link_attempt', 'link_code', 'session'];

/** Opens a database for the surrounding `describe`, and empties its tables before each test. */
export function useProofs(kind: DatabaseKind): ProofFixture {
  const fixture = {} as ProofFixture;
  fixture.linkingUnder = (policy = 'ask', more = {}) => {
    const { database, accounts, clock, outbox: proofSender, notices: notifier } = fixture;
    return linkingOn(database.dataSource, accounts, () => clock.now, { policy, proofSender, notifier, ...more });
  };
  fixture.ticketFor = async (userId, email, linking = fixture.linking) => refusalOf(firstLogin(linking, userId, email));
  fixture.count = async (table) => {
    const [row] = (await fixture.database.dataSource.query(`SELECT count(*) AS total FROM vodapay_${table}`)) as [
      { total: string | number },
    ];
    return Number(row.total);
  };

  beforeAll(async () => {
    fixture.database = await openDatabase(kind, LIBRARY);
  });
  beforeEach(async () => {
    for (const table of TABLES) await fixture.database.dataSource.query(`DELETE FROM vodapay_${table}`);
    fixture.clock = { now: 1_800_000_000_000 };
    fixture.accounts = new ProofAccounts();
    fixture.outbox = new Outbox();
    fixture.notices = new Notices();
    fixture.linking = fixture.linkingUnder();
    fixture.service = fixture.linking.service;
  });
  afterAll(() => fixture.database.close());
  return fixture;
}

/** A login as the login service makes it: with the wallet's tokens, and a nickname. */
export function firstLogin({ service }: LinkingUnderTest, userId: string, email?: string, clientId = CLIENT_ID) {
  const profile = { userId, nickName: 'Zanele', ...(email !== undefined && { email }) };
  return service.linkAtLogin({ namespace: NAMESPACE, userId, clientId }, profile, { carried: CARRIED });
}

/** What a refusal for want of a proof tells its client. */
export async function refusalOf(attempt: Promise<unknown>): Promise<Ticket> {
  const error = await attempt.then(
    () => expect.unreachable('a proof is needed'),
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: 'VODAPAY_LINK_PROOF_REQUIRED', status: 409, next: 'none' });
  const { refusal } = error as VodaPayError;
  expect(refusal?.ticket).toMatch(/^vpt_[\w-]{43}$/);
  recordSecret('link ticket', refusal?.ticket ?? '');
  return refusal as Ticket;
}

/** The code of a refusal, or `ok`. */
export async function outcomeOf(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => 'ok',
    (error: unknown) => (error instanceof VodaPayError ? error.code : String(error)),
  );
}
