import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AccountKey } from './account-key.js';
import { toAccountLink, type AccountLinkRow } from './account-link-row.js';
import { accountLinkSql, type AccountLinkSql } from './account-link.sql.js';
import { requireEntity } from '../store/require-entity.js';
import { SharedTurn } from '../store/shared-turn.js';
import { changeValues } from './change/change-columns.js';
import type { LinkChange } from './change/link-change.js';
import { StatementRunner } from '../store/statement-runner.js';
import { takesLists } from '../store/takes-lists.js';
import { VodaPayAccountLink, type AccountLinkState } from './vodapay-account-link.entity.js';

/** A VodaPay user: her subject in its namespace, compared as bytes. */
export interface VodaPayIdentity {
  readonly namespace: string;
  readonly userId: string;
}

/** A row of the links table, as a login needs it. */
export type AccountLink = Readonly<
  Pick<
    VodaPayAccountLink,
    'id' | 'namespace' | 'clientId' | 'vodapayUserId' | 'accountId' | 'state' | 'linkedAt' | 'updatedAt'
  >
>;

/** A link that opens an account. */
export type ActiveAccountLink = AccountLink & { readonly accountId: string; readonly linkedAt: number };

/** A new row: what a first login knows. */
export interface NewAccountLink extends VodaPayIdentity {
  /** uuid v7. */
  readonly id: string;
  readonly clientId: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

export function isActive(link: AccountLink | undefined): link is ActiveAccountLink {
  return link?.state === 'active' && link.accountId !== null && link.linkedAt !== null;
}

/**
 * The links between accounts and VodaPay users. Every method is one statement that commits by itself: no transaction,
 * and no connection held between two of them. Throws VODAPAY_STORE_UNAVAILABLE (503) or VODAPAY_STORE_FAILED.
 *
 * @example
 * const links = await repository.findByAccount({ namespace: 'sandbox:2021072719000000000001', accountId: '42' });
 */
@Injectable()
export class VodaPayAccountLinkRepository {
  private readonly statements: StatementRunner;
  private sqlOnceConnected: AccountLinkSql | undefined;
  private readonly lookups = new SharedTurn<string, AccountLink | undefined>({
    alone: (userId, namespace) => this.readLink({ namespace, userId }),
    together: (userIds, namespace) => this.readLinks(namespace, userIds),
  });

  constructor(private readonly dataSource: DataSource) {
    if (dataSource.isInitialized) requireEntity(dataSource, VodaPayAccountLink);
    this.statements = new StatementRunner(dataSource);
  }

  /** The identity's link or reservation. On PostgreSQL those that are looked up in one turn of the event loop share a read. */
  findByIdentity(identity: VodaPayIdentity): Promise<AccountLink | undefined> {
    const { namespace, userId } = identity;
    return takesLists(this.dataSource) ? this.lookups.run(namespace, userId) : this.readLink(identity);
  }

  async findById(id: string): Promise<AccountLink | undefined> {
    const [row] = await this.statements.read<AccountLinkRow>(this.sql.findById, [id]);
    return row && toAccountLink(row);
  }

  /** The account's active links, oldest first. */
  async findByAccount({ namespace, accountId }: AccountKey): Promise<readonly AccountLink[]> {
    const values = [accountId, namespace];
    return (await this.statements.read<AccountLinkRow>(this.sql.findByAccount, values)).map(toAccountLink);
  }

  /** Reserves the identity for a first login. The unique index decides: false when somebody else holds it (R18). */
  async reserve({ id, namespace, clientId, userId, now }: NewAccountLink): Promise<boolean> {
    const values = [id, namespace, clientId, userId, null, 'reserved', null, now];
    if ((await this.statements.write(this.sql.insert, values)) !== 'duplicate') return true;
    return this.isStored(id, 'reserved', null);
  }

  /**
   * Stores an active link at once, without a reservation or when it is gone. False when somebody else holds the identity.
   * The change comes from `LinkJournal.plan`, which also writes its event afterwards (`settle`).
   */
  async restore(link: NewAccountLink, accountId: string, change: LinkChange): Promise<boolean> {
    const { id, namespace, clientId, userId } = link;
    const whose = [id, namespace, clientId, userId, accountId];
    const values = [...whose, change.at, change.at, ...changeValues(change)];
    if ((await this.statements.write(this.sql.insertActive, values)) !== 'duplicate') return true;
    return this.isStored(id, 'active', accountId);
  }

  /**
   * Shows that the reservation's owner lives. Compare-and-set on `updatedAt`.
   *
   * @returns the new `updatedAt`; undefined when the reservation was taken over or has ended.
   */
  renew(id: string, seenUpdatedAt: number, now: number): Promise<number | undefined> {
    return this.touch(id, seenUpdatedAt, Math.max(now, seenUpdatedAt + 1));
  }

  /** Takes a reservation that shows no life. Compare-and-set on `updatedAt`; answers as `renew`. */
  takeOver(id: string, expectedUpdatedAt: number, now: number): Promise<number | undefined> {
    return this.touch(id, expectedUpdatedAt, Math.max(now, expectedUpdatedAt + 1));
  }

  /** Gives a reservation up: row and key stay, and the next login takes it over at once. */
  async abandon(id: string, seenUpdatedAt: number): Promise<boolean> {
    return (await this.touch(id, seenUpdatedAt, 0)) !== undefined;
  }

  /** Links the account. False when the row isn't a reservation any more. The change is as for `restore`. */
  async activate(id: string, accountId: string, change: LinkChange): Promise<boolean> {
    const values = [accountId, change.at, change.at, ...changeValues(change), id];
    return (await this.statements.write(this.sql.activate, values)) === 1;
  }

  /** Deletes a reservation that leads to no account, unless somebody took it over. */
  async release(id: string, seenUpdatedAt: number): Promise<boolean> {
    return (await this.statements.write(this.sql.release, [id, seenUpdatedAt])) === 1;
  }

  /** Deletes the row, without event or guard: for tools and tests. An application unlinks through `VodaPayLinkingService`. */
  async remove(id: string): Promise<boolean> {
    return (await this.statements.write(this.sql.remove, [id])) === 1;
  }

  private async readLink({ namespace, userId }: VodaPayIdentity): Promise<AccountLink | undefined> {
    const [row] = await this.statements.read<AccountLinkRow>(this.sql.findByIdentity, [namespace, userId]);
    return row && toAccountLink(row);
  }

  /** The link of each user, one by one in the order of the ids; an id may come twice. */
  private async readLinks(
    namespace: string,
    userIds: readonly string[],
  ): Promise<readonly (AccountLink | undefined)[]> {
    const values = [namespace, [...new Set(userIds)]];
    const rows = await this.statements.read<AccountLinkRow>(this.sql.findByIdentities, values);
    const byUserId = new Map(rows.map((row) => [row.vodapay_user_id, toAccountLink(row)]));
    return userIds.map((id) => byUserId.get(id));
  }

  /** A duplicate that is this very row was stored by a try whose answer got lost: that is a success. */
  private async isStored(id: string, state: AccountLinkState, accountId: string | null): Promise<boolean> {
    const stored = await this.findById(id);
    return stored?.state === state && stored.accountId === accountId;
  }

  /** Affected rows tell who won: the new value always differs from the expected one. */
  private async touch(id: string, expected: number, next: number): Promise<number | undefined> {
    return (await this.statements.write(this.sql.touch, [next, id, expected])) === 1 ? next : undefined;
  }

  /** Table names come from the entity's metadata, which exists once the data source is initialised. */
  private get sql(): AccountLinkSql {
    this.sqlOnceConnected ??= accountLinkSql(this.dataSource);
    return this.sqlOnceConnected;
  }
}
