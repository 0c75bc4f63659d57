import type { DataSource } from 'typeorm';
import { purgeInBatches } from '../../store/purge-in-batches.js';
import { StatementRunner, type SqlValue } from '../../store/statement-runner.js';
import type { AccountKey } from '../account-key.js';
import { toAccountLink, type AccountLinkRow } from '../account-link-row.js';
import type { AccountLink } from '../vodapay-account-link.repository.js';
import { changeValues } from './change-columns.js';
import type { LinkChange, LinkChangeKind, LinkChangeReason } from './link-change.js';
import { linkChangeSql, type LinkChangeSql } from './link-change.sql.js';
import type { VodaPayLinkEvent } from './vodapay-link-event.entity.js';

/** A link with what it needs to be changed. */
export interface ChangeableLink extends AccountLink {
  readonly revision: number;
  /** The last change; null: from before there were events. */
  readonly changeId: string | null;
  readonly changeKind: LinkChangeKind | null;
  readonly changeReason: LinkChangeReason | null;
  readonly changeFromAccountId: string | null;
}

/** Changes links and keeps their events. Every method is one statement that commits by itself. */
export class LinkChangeRepository {
  private readonly statements: StatementRunner;
  private sqlOnceConnected: LinkChangeSql | undefined;

  constructor(private readonly dataSource: DataSource) {
    this.statements = new StatementRunner(dataSource);
  }

  async read(linkId: string): Promise<ChangeableLink | undefined> {
    return (await this.links(this.sql.read, [linkId]))[0];
  }

  /** Gives the link to another account. False when it isn't as it was read. */
  move(link: ChangeableLink, accountId: string, change: LinkChange): Promise<boolean> {
    const values = [accountId, change.at, change.at, ...changeValues(change)];
    return this.touchesOne(this.sql.move, [...values, link.id, link.accountId, link.revision]);
  }

  /** Ends the link and takes the identity out of its row. False when it isn't as it was read. */
  end(link: ChangeableLink, change: LinkChange): Promise<boolean> {
    const values = [` ${link.id}`, change.at, ...changeValues(change)];
    return this.touchesOne(this.sql.end, [...values, link.id, link.accountId, link.revision]);
  }

  /** Makes sure that nobody who read this revision can change the link any more. */
  async fence(linkId: string, revision: number): Promise<void> {
    await this.statements.write(this.sql.fence, [linkId, revision]);
  }

  async deleteEnded(linkId: string): Promise<void> {
    await this.statements.write(this.sql.deleteEnded, [linkId]);
  }

  /** The account's links whose change since `since` (epoch milliseconds) is not told yet. */
  owingOfAccount({ namespace, accountId }: AccountKey, since: number): Promise<readonly ChangeableLink[]> {
    return this.links(this.sql.owingOfAccount, [since, accountId, namespace]);
  }

  /** The same over all accounts of a namespace whose links' ids are above `after`, up to `until`. */
  async owing(namespace: string, since: number, after: string, until: string): Promise<readonly ChangeableLink[]> {
    const owing = await this.links(this.sql.owing, [since, after, until]);
    return owing.filter((link) => link.namespace === namespace);
  }

  /** The id of the link that is `size` links after `after`, over all namespaces; undefined when there are fewer. */
  async endOfPage(after: string, size: number): Promise<string | undefined> {
    return (await this.statements.read<{ readonly id: string }>(this.sql.endOfPage, [after, size - 1]))[0]?.id;
  }

  async isTold(changeId: string): Promise<boolean> {
    return (await this.statements.read(this.sql.isTold, [changeId])).length > 0;
  }

  /** Writes the event of a change, as long as the link's row still tells it; telling it twice is no error. */
  async tell(linkId: string, changeId: string): Promise<void> {
    await this.statements.write(this.sql.tell, [linkId, changeId]);
  }

  /** Newest first. `before`: the id of an event. */
  async eventsOfAccount(
    { namespace, accountId }: AccountKey,
    before: string,
    limit: number,
  ): Promise<readonly VodaPayLinkEvent[]> {
    const values = [namespace, accountId, accountId, before, limit];
    return (await this.statements.read<EventRow>(this.sql.eventsOfAccount, values)).map(toEvent);
  }

  /** Deletes a namespace's events from before `before` (epoch milliseconds). Returns how many. */
  purge(namespace: string, before: number): Promise<number> {
    const { purgeBound: bound, purge: remove } = this.sql;
    return purgeInBatches(this.statements, { bound, remove }, [namespace], before - 1);
  }

  /** Takes the account's id out of its events. */
  async forgetAccount({ namespace, accountId }: AccountKey): Promise<void> {
    await this.statements.write(this.sql.forgetAccount, [accountId, namespace]);
    await this.statements.write(this.sql.forgetFromAccount, [accountId, namespace]);
  }

  private async links(sql: string, values: readonly SqlValue[]): Promise<readonly ChangeableLink[]> {
    return (await this.statements.read<LinkRow>(sql, values)).map(toLink);
  }

  private async touchesOne(sql: string, values: readonly SqlValue[]): Promise<boolean> {
    return (await this.statements.write(sql, values)) === 1;
  }

  /** Table names come from the entity's metadata, which exists once the data source is initialised. */
  private get sql(): LinkChangeSql {
    this.sqlOnceConnected ??= linkChangeSql(this.dataSource);
    return this.sqlOnceConnected;
  }
}

/** PostgreSQL and MariaDB give bigints back as text. */
type Bigint = string | number;

interface LinkRow extends AccountLinkRow {
  readonly revision: number;
  readonly change_id: string | null;
  readonly change_kind: LinkChangeKind | null;
  readonly change_reason: LinkChangeReason | null;
  readonly change_from_account_id: string | null;
}

interface EventRow {
  readonly id: string;
  readonly namespace: string;
  readonly happened_at: Bigint;
  readonly kind: VodaPayLinkEvent['kind'];
  readonly actor: VodaPayLinkEvent['actor'];
  readonly reason: VodaPayLinkEvent['reason'];
  readonly policy: string;
  readonly link_id: string;
  readonly account_id: string | null;
  readonly from_account_id: string | null;
  readonly identity_hash: string;
}

function toLink(row: LinkRow): ChangeableLink {
  return {
    ...toAccountLink(row),
    revision: row.revision,
    changeId: row.change_id,
    changeKind: row.change_kind,
    changeReason: row.change_reason,
    changeFromAccountId: row.change_from_account_id,
  };
}

function toEvent(row: EventRow): VodaPayLinkEvent {
  return {
    id: row.id,
    happenedAt: Number(row.happened_at),
    namespace: row.namespace,
    kind: row.kind,
    actor: row.actor,
    reason: row.reason,
    policy: row.policy,
    linkId: row.link_id,
    accountId: row.account_id,
    fromAccountId: row.from_account_id,
    identityHash: row.identity_hash,
  };
}
