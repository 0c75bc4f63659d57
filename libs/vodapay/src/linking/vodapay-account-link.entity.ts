import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { EPOCH_MS_COLUMN } from '../store/epoch-ms-column.js';

/** `reserved`: a first login is making the account. `active`: it opens the account. */
export type AccountLinkState = 'reserved' | 'active';

/**
 * One VodaPay identity and the account it opens. The identity is (namespace, user id), compared as bytes.
 *
 * Column types are explicit because not every compiler emits decorator metadata; the byte collation on MariaDB is the
 * migration's, PostgreSQL and SQLite compare bytes by default.
 */
@Entity({ name: 'vodapay_account_link' })
@Index('uq_vodapay_account_link_identity', ['namespace', 'vodapayUserId'], { unique: true })
@Index('ix_vodapay_account_link_account_id', ['accountId'])
export class VodaPayAccountLink {
  /** uuid v7; the idempotency key that `AccountDirectory.create` gets. */
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 36, primaryKeyConstraintName: 'pk_vodapay_account_link' })
  id!: string;

  @Column({ name: 'namespace', type: 'varchar', length: 160 })
  namespace!: string;

  /** The client id that made the link. */
  @Column({ name: 'client_id', type: 'varchar', length: 32 })
  clientId!: string;

  /** VodaPay's subject, as sent. */
  @Column({ name: 'vodapay_user_id', type: 'varchar', length: 64 })
  vodapayUserId!: string;

  /** The merchant's account id as text; null while reserved. */
  @Column({ name: 'account_id', type: 'varchar', length: 64, nullable: true })
  accountId!: string | null;

  @Column({ name: 'state', type: 'varchar', length: 16 })
  state!: AccountLinkState;

  /** Epoch milliseconds; null while reserved. */
  @Column({ ...EPOCH_MS_COLUMN, name: 'linked_at', nullable: true })
  linkedAt!: number | null;

  /** Epoch milliseconds. Of a reservation: when its owner last showed life; 0: given up, free to be taken over. */
  @Column({ ...EPOCH_MS_COLUMN, name: 'updated_at' })
  updatedAt!: number;
}
