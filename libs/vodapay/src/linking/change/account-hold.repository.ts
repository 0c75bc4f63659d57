import type { DataSource } from 'typeorm';
import type { AccountKey } from '../account-key.js';
import { escapedTable, forDialect } from '../../store/sql-text.js';
import { StatementRunner } from '../../store/statement-runner.js';
import { VodaPayAccountHold } from './vodapay-account-hold.entity.js';

/** A row of the holds table. */
export type AccountHold = Readonly<VodaPayAccountHold>;

/** The holds. Every method is one statement that commits by itself; the primary key decides who holds an account. */
export class AccountHoldRepository {
  private readonly statements: StatementRunner;
  private sqlOnceConnected: ReturnType<typeof holdSql> | undefined;

  constructor(private readonly dataSource: DataSource) {
    this.statements = new StatementRunner(dataSource);
  }

  /** False when somebody else holds the account. */
  async take({ namespace, accountId, holder, linkId, linkRevision, updatedAt }: AccountHold): Promise<boolean> {
    const values = [namespace, accountId, holder, linkId, linkRevision, updatedAt];
    if ((await this.statements.write(this.sql.take, values)) !== 'duplicate') return true;
    // Taken by an earlier try whose answer got lost.
    return (await this.find({ namespace, accountId }))?.holder === holder;
  }

  async find({ namespace, accountId }: AccountKey): Promise<AccountHold | undefined> {
    const [row] = await this.statements.read<HoldRow>(this.sql.find, [namespace, accountId]);
    return row && toHold(row);
  }

  /** At most `limit` of the namespace's holds that showed no life since `before`. */
  async silentSince(namespace: string, before: number, limit: number): Promise<readonly AccountHold[]> {
    return (await this.statements.read<HoldRow>(this.sql.silentSince, [namespace, before, limit])).map(toHold);
  }

  /** Shows life. False when the hold was taken away. */
  async renew({ namespace, accountId, holder }: AccountHold, now: number): Promise<boolean> {
    return (await this.statements.write(this.sql.renew, [now, namespace, accountId, holder])) === 1;
  }

  /** Ends one's own hold. */
  async release({ namespace, accountId, holder }: AccountHold): Promise<void> {
    await this.statements.write(this.sql.release, [namespace, accountId, holder]);
  }

  /** Ends somebody else's hold, unless it has shown life since it was read. */
  async clear({ namespace, accountId, holder, updatedAt }: AccountHold): Promise<void> {
    await this.statements.write(this.sql.clear, [namespace, accountId, holder, updatedAt]);
  }

  private get sql(): ReturnType<typeof holdSql> {
    this.sqlOnceConnected ??= holdSql(this.dataSource);
    return this.sqlOnceConnected;
  }
}

const COLUMNS = 'namespace, account_id, holder, link_id, link_revision, updated_at';

function holdSql(dataSource: DataSource) {
  const table = escapedTable(dataSource, VodaPayAccountHold);
  return forDialect(dataSource, {
    take: `INSERT INTO ${table} (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)`,
    find: `SELECT ${COLUMNS} FROM ${table} WHERE namespace = ? AND account_id = ?`,
    silentSince: `SELECT ${COLUMNS} FROM ${table} WHERE namespace = ? AND updated_at < ? ORDER BY account_id LIMIT ?`,
    renew: `UPDATE ${table} SET updated_at = ? WHERE namespace = ? AND account_id = ? AND holder = ?`,
    release: `DELETE FROM ${table} WHERE namespace = ? AND account_id = ? AND holder = ?`,
    clear: `DELETE FROM ${table} WHERE namespace = ? AND account_id = ? AND holder = ? AND updated_at = ?`,
  });
}

interface HoldRow {
  readonly namespace: string;
  readonly account_id: string;
  readonly holder: string;
  readonly link_id: string | null;
  readonly link_revision: number | null;
  readonly updated_at: string | number;
}

function toHold(row: HoldRow): AccountHold {
  return {
    namespace: row.namespace,
    accountId: row.account_id,
    holder: row.holder,
    linkId: row.link_id,
    linkRevision: row.link_revision,
    updatedAt: Number(row.updated_at),
  };
}
