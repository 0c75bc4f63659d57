import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { EPOCH_MS_COLUMN } from '../store/epoch-ms-column.js';
import type { LinkActor, LinkChangeKind, LinkChangeReason } from './change/link-change.js';

/**
 * `reserved`: a first login is making the account. `active`: it opens the account. `ended`: unlinked, the identity is
 * gone from the row already; it stays until its event is written.
 */
export type AccountLinkState = 'reserved' | 'active' | 'ended';

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

  /** Grows with each change of an active link. */
  @Column({ name: 'revision', type: 'integer', default: 0 })
  revision!: number;

  /** The last change, told by the row itself until its event is written (ADR 5). Null: from before there were events. */
  @Column({ name: 'change_id', type: 'varchar', length: 36, nullable: true })
  changeId!: string | null;

  @Column({ name: 'change_kind', type: 'varchar', length: 16, nullable: true })
  changeKind!: LinkChangeKind | null;

  @Column({ name: 'change_actor', type: 'varchar', length: 16, nullable: true })
  changeActor!: LinkActor | null;

  @Column({ name: 'change_reason', type: 'varchar', length: 32, nullable: true })
  changeReason!: LinkChangeReason | null;

  @Column({ name: 'change_policy', type: 'varchar', length: 16, nullable: true })
  changePolicy!: string | null;

  @Column({ name: 'change_from_account_id', type: 'varchar', length: 64, nullable: true })
  changeFromAccountId!: string | null;

  /** Keyed hash of the identity, for the event. */
  @Column({ name: 'identity_hash', type: 'varchar', length: 64, nullable: true })
  identityHash!: string | null;
}
