import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { EPOCH_MS_COLUMN } from '../../store/epoch-ms-column.js';
import type { LinkActor, LinkChangeKind, LinkChangeReason } from './link-change.js';

/** One change of a link. Only ever added; holds no personal data. */
@Entity({ name: 'vodapay_link_event' })
@Index('ix_vodapay_link_event_account_id', ['accountId', 'id'])
@Index('ix_vodapay_link_event_from_account_id', ['fromAccountId', 'id'])
@Index('ix_vodapay_link_event_namespace', ['namespace', 'happenedAt'])
export class VodaPayLinkEvent {
  /** uuid v7: grows with time. The link's row carries the same id, so that no change is told twice. */
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 36, primaryKeyConstraintName: 'pk_vodapay_link_event' })
  id!: string;

  /** Epoch milliseconds. */
  @Column({ ...EPOCH_MS_COLUMN, name: 'happened_at' })
  happenedAt!: number;

  /** Whose account ids these are (R14). */
  @Column({ name: 'namespace', type: 'varchar', length: 160, default: '' })
  namespace!: string;

  @Column({ name: 'kind', type: 'varchar', length: 16 })
  kind!: LinkChangeKind;

  @Column({ name: 'actor', type: 'varchar', length: 16 })
  actor!: LinkActor;

  @Column({ name: 'reason', type: 'varchar', length: 32 })
  reason!: LinkChangeReason;

  @Column({ name: 'policy', type: 'varchar', length: 16 })
  policy!: string;

  @Column({ name: 'link_id', type: 'varchar', length: 36 })
  linkId!: string;

  /** The account that the link opened afterwards, or of an unlinking: until then. Null once the account is removed. */
  @Column({ name: 'account_id', type: 'varchar', length: 64, nullable: true })
  accountId!: string | null;

  /** Of a move: the account it left. */
  @Column({ name: 'from_account_id', type: 'varchar', length: 64, nullable: true })
  fromAccountId!: string | null;

  /** Keyed hash of namespace and user id: tells that two events are about one user, not about whom. */
  @Column({ name: 'identity_hash', type: 'varchar', length: 64 })
  identityHash!: string;
}
