import type { DataSource } from 'typeorm';
import { VodaPayError } from '../../errors/vodapay-error.js';
import { purgeInBatches } from '../../store/purge-in-batches.js';
import { StatementRunner } from '../../store/statement-runner.js';
import type { AccountKey } from '../account-key.js';
import { linkCodeSql, type LinkCodeSql } from './link-proof.sql.js';

/** A link code as it is stored. */
export interface StoredLinkCode {
  readonly namespace: string;
  readonly accountId: string;
  readonly codeHash: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** The link codes. Every method is one statement, or repeats one; throws VODAPAY_STORE_UNAVAILABLE or _FAILED. */
export class LinkCodeRepository {
  private readonly statements: StatementRunner;
  private sqlOnceConnected: LinkCodeSql | undefined;

  constructor(private readonly dataSource: DataSource) {
    this.statements = new StatementRunner(dataSource);
  }

  /** The code, expired or not. */
  async find(codeHash: string, namespace: string): Promise<StoredLinkCode | undefined> {
    const [row] = await this.statements.read<CodeRow>(this.sql.find, [codeHash, namespace]);
    return row && { namespace, accountId: row.account_id, codeHash: row.code_hash, expiresAt: Number(row.expires_at) };
  }

  /** Stores the account's newest code in the place of an older one. */
  async replace({ codeHash, expiresAt, namespace, accountId }: StoredLinkCode): Promise<void> {
    const values = [codeHash, expiresAt, namespace, accountId];
    for (let round = 0; round < ROUNDS; round += 1) {
      if ((await this.statements.write(this.sql.replace, values)) === 1) return;
      if ((await this.statements.write(this.sql.insert, values)) === 1) return;
    }
    throw new VodaPayError('VODAPAY_STORE_UNAVAILABLE');
  }

  /** Uses the code up. True for one caller only, over all processes. */
  async use({ codeHash, namespace, accountId }: StoredLinkCode, now: number): Promise<boolean> {
    return (await this.statements.write(this.sql.use, [codeHash, namespace, accountId, now])) === 1;
  }

  async endOfAccount({ namespace, accountId }: AccountKey): Promise<void> {
    await this.statements.write(this.sql.endOfAccount, [namespace, accountId]);
  }

  async purgeExpired(now: number): Promise<void> {
    const { purgeBound: bound, purge: remove } = this.sql;
    await purgeInBatches(this.statements, { bound, remove }, [], now);
  }

  private get sql(): LinkCodeSql {
    this.sqlOnceConnected ??= linkCodeSql(this.dataSource);
    return this.sqlOnceConnected;
  }
}

const ROUNDS = 5;

interface CodeRow {
  readonly account_id: string;
  readonly code_hash: string;
  readonly expires_at: string | number;
}
