import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { EPOCH_MS_COLUMN } from '../../store/epoch-ms-column.js';

/** The link code that an account shows on the merchant's website. One per account: a newer one replaces it. */
@Entity({ name: 'vodapay_link_code' })
@Index('uq_vodapay_link_code_code_hash', ['codeHash'], { unique: true })
@Index('ix_vodapay_link_code_expires_at', ['expiresAt'])
export class VodaPayLinkCode {
  @PrimaryColumn({
    name: 'namespace',
    type: 'varchar',
    length: 160,
    primaryKeyConstraintName: 'pk_vodapay_link_code',
  })
  namespace!: string;

  @PrimaryColumn({
    name: 'account_id',
    type: 'varchar',
    length: 64,
    primaryKeyConstraintName: 'pk_vodapay_link_code',
  })
  accountId!: string;

  /** Keyed hash of namespace and code, 64 hex digits. */
  @Column({ name: 'code_hash', type: 'varchar', length: 64 })
  codeHash!: string;

  /** Epoch milliseconds. */
  @Column({ ...EPOCH_MS_COLUMN, name: 'expires_at' })
  expiresAt!: number;
}
