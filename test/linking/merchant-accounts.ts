import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { AccountDirectory, type AccountStatus } from '../../libs/vodapay/src/linking/account-directory.js';
import { withPlaceholders } from '../../libs/vodapay/src/store/sql-text.js';
import type { VodaPayProfile } from '../../libs/vodapay/src/linking/vodapay-profile.js';

export interface CreateCall {
  readonly user_id: string;
  readonly idempotency_key: string;
}

/** A merchant whose accounts stand in the same database: an account per idempotency key, and a log of the calls. */
export class MerchantAccounts extends AccountDirectory {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  static async makeTables(dataSource: DataSource): Promise<void> {
    await dataSource.query('CREATE TABLE merchant_account (id varchar(36) PRIMARY KEY, made_for varchar(36) UNIQUE)');
    await dataSource.query('CREATE TABLE merchant_create_call (user_id varchar(64), idempotency_key varchar(36))');
  }

  async create(profile: VodaPayProfile, { idempotencyKey }: { readonly idempotencyKey: string }) {
    await this.query('INSERT INTO merchant_create_call VALUES (?, ?)', [profile.userId, idempotencyKey]);
    await this.query(this.insertOnce, [randomUUID(), idempotencyKey]);
    const [account] = await this.query<{ id: string }>('SELECT id FROM merchant_account WHERE made_for = ?', [
      idempotencyKey,
    ]);
    return { id: account?.id ?? '' };
  }

  async find(id: string): Promise<AccountStatus | undefined> {
    const rows = await this.query('SELECT id FROM merchant_account WHERE id = ?', [id]);
    return rows.length === 0 ? undefined : { state: 'active', missing: [] };
  }

  async ids(): Promise<readonly string[]> {
    return (await this.query<{ id: string }>('SELECT id FROM merchant_account')).map(({ id }) => id);
  }

  calls(): Promise<readonly CreateCall[]> {
    return this.query<CreateCall>('SELECT user_id, idempotency_key FROM merchant_create_call');
  }

  private get insertOnce(): string {
    return this.dataSource.options.type === 'mariadb'
      ? 'INSERT IGNORE INTO merchant_account VALUES (?, ?)'
      : 'INSERT INTO merchant_account VALUES (?, ?) ON CONFLICT (made_for) DO NOTHING';
  }

  private async query<Row>(sql: string, values: readonly string[] = []): Promise<readonly Row[]> {
    const rows: unknown = await this.dataSource.query(withPlaceholders(this.dataSource, sql), [...values]);
    return Array.isArray(rows) ? (rows as Row[]) : [];
  }
}
