import type { DataSource } from 'typeorm';
import { VodaPayError } from '../../errors/vodapay-error.js';
import { purgeInBatches } from '../../store/purge-in-batches.js';
import { StatementRunner } from '../../store/statement-runner.js';
import type { AccountKey } from '../account-key.js';
import type { VodaPayIdentity } from '../vodapay-account-link.repository.js';
import { linkTicketSql, type LinkTicketSql } from './link-proof.sql.js';
import type { LinkTicketPurpose, LinkTicketState, VodaPayLinkTicket } from './link-ticket.entity.js';

/** A row of the tickets' table. */
export type LinkTicket = Readonly<VodaPayLinkTicket>;

/** The instance of the module that issued a ticket. */
export interface TicketScope {
  readonly namespace: string;
  readonly clientId: string;
}

/** The link tickets. Every method is one statement, or repeats one; throws VODAPAY_STORE_UNAVAILABLE or _FAILED. */
export class LinkTicketRepository {
  private readonly statements: StatementRunner;
  private sqlOnceConnected: LinkTicketSql | undefined;

  constructor(private readonly dataSource: DataSource) {
    this.statements = new StatementRunner(dataSource);
  }

  /** The ticket, expired or not, of this instance only (R14). */
  async find(tokenHash: string, { namespace, clientId }: TicketScope): Promise<LinkTicket | undefined> {
    const [row] = await this.statements.read<TicketRow>(this.sql.find, [tokenHash, namespace, clientId]);
    return row && toTicket(row);
  }

  /**
   * Stores the identity's newest ticket in the place of an older one. The unique index keeps it one row per identity;
   * a row that appears or goes between the two statements is met in the next round.
   */
  async replace(ticket: LinkTicket): Promise<void> {
    const { id, clientId, tokenHash, purpose, state, accountId, codeHash, expiresAt, sealed } = ticket;
    const values = [id, clientId, tokenHash, purpose, state, accountId, codeHash, expiresAt, sealed];
    const identity = [ticket.namespace, ticket.vodapayUserId];
    for (let round = 0; round < ROUNDS; round += 1) {
      if ((await this.statements.write(this.sql.replace, [...values, ...identity])) === 1) return;
      if ((await this.statements.write(this.sql.insert, [...values, ...identity])) === 1) return;
    }
    throw new VodaPayError('VODAPAY_STORE_UNAVAILABLE');
  }

  /** Notes the account whose link code was accepted; its owner must approve. False when the ticket has changed. */
  async await(ticket: LinkTicket, accountId: string, codeHash: string, now: number): Promise<boolean> {
    const values = [accountId, codeHash, now, ticket.id, ticket.state, now];
    return (await this.statements.write(this.sql.await, values)) === 1;
  }

  /** Tickets that wait for this account's approval, oldest first. */
  async awaitingOf(
    accountId: string,
    { namespace, clientId }: TicketScope,
    now: number,
  ): Promise<readonly LinkTicket[]> {
    const values = [accountId, namespace, clientId, now];
    return (await this.statements.read<TicketRow>(this.sql.awaitingOf, values)).map(toTicket);
  }

  async approve(id: string, accountId: string, { namespace, clientId }: TicketScope, now: number): Promise<boolean> {
    return (await this.statements.write(this.sql.approve, [id, accountId, namespace, clientId, now])) === 1;
  }

  async reject(id: string, accountId: string, { namespace, clientId }: TicketScope): Promise<boolean> {
    return (await this.statements.write(this.sql.reject, [id, accountId, namespace, clientId])) === 1;
  }

  /** Uses the ticket up, if it is still as it was read. True for one caller only, over all processes. */
  async use({ id, state }: LinkTicket, now: number): Promise<boolean> {
    return (await this.statements.write(this.sql.use, [id, state, now])) === 1;
  }

  /** Ends the tickets that a link code of this account has brought this far. */
  async endByLinkCodes({ namespace, accountId }: AccountKey): Promise<void> {
    await this.statements.write(this.sql.endByLinkCodes, [accountId, namespace]);
  }

  async purgeExpired(now: number): Promise<void> {
    const { purgeBound: bound, purge: remove } = this.sql;
    await purgeInBatches(this.statements, { bound, remove }, [], now);
  }

  /** Table names come from the entity's metadata, which exists once the data source is initialised. */
  private get sql(): LinkTicketSql {
    this.sqlOnceConnected ??= linkTicketSql(this.dataSource);
    return this.sqlOnceConnected;
  }
}

const ROUNDS = 5;

/** Whose login a ticket stands for. */
export function identityOf({ namespace, vodapayUserId }: LinkTicket): VodaPayIdentity {
  return { namespace, userId: vodapayUserId };
}

interface TicketRow {
  readonly id: string;
  readonly namespace: string;
  readonly vodapay_user_id: string;
  readonly client_id: string;
  readonly token_hash: string;
  readonly purpose: LinkTicketPurpose;
  readonly state: LinkTicketState;
  readonly account_id: string | null;
  readonly code_hash: string | null;
  readonly requested_at: string | number | null;
  readonly expires_at: string | number;
  readonly sealed: string;
}

function toTicket(row: TicketRow): LinkTicket {
  return {
    id: row.id,
    namespace: row.namespace,
    vodapayUserId: row.vodapay_user_id,
    clientId: row.client_id,
    tokenHash: row.token_hash,
    purpose: row.purpose,
    state: row.state,
    accountId: row.account_id,
    codeHash: row.code_hash,
    requestedAt: row.requested_at === null ? null : Number(row.requested_at),
    expiresAt: Number(row.expires_at),
    sealed: row.sealed,
  };
}
