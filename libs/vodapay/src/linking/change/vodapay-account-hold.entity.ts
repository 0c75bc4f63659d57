import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS_COLUMN } from '../../store/epoch-ms-column.js';

/** While this row exists, somebody is taking a way to sign in from the account, and nobody else does (I4, ADR 6). */
@Entity({ name: 'vodapay_account_hold' })
export class VodaPayAccountHold {
  /** Whose account id it is (R14). */
  @PrimaryColumn({
    name: 'namespace',
    type: 'varchar',
    length: 160,
    primaryKeyConstraintName: 'pk_vodapay_account_hold',
  })
  namespace!: string;

  @PrimaryColumn({
    name: 'account_id',
    type: 'varchar',
    length: 64,
    primaryKeyConstraintName: 'pk_vodapay_account_hold',
  })
  accountId!: string;

  /** uuid v7 of this hold. */
  @Column({ name: 'holder', type: 'varchar', length: 36 })
  holder!: string;

  /** The link that is being removed; null: another way to sign in. */
  @Column({ name: 'link_id', type: 'varchar', length: 36, nullable: true })
  linkId!: string | null;

  /** The only revision of that link which this holder may end. */
  @Column({ name: 'link_revision', type: 'integer', nullable: true })
  linkRevision!: number | null;

  /** When the holder last showed life, epoch milliseconds. */
  @Column({ ...EPOCH_MS_COLUMN, name: 'updated_at' })
  updatedAt!: number;
}
