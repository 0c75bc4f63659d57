import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { EPOCH_MS_COLUMN } from '../../store/epoch-ms-column.js';

/**
 * One slot of a limit: whoever holds it has used one of the tries. A limit of five is five slots, and the primary key
 * decides who gets one.
 */
@Entity({ name: 'vodapay_link_attempt' })
@Index('ix_vodapay_link_attempt_expires_at', ['expiresAt'])
export class VodaPayLinkAttempt {
  /** Keyed hash of what is limited and for whom, 64 hex digits: no personal data. */
  @PrimaryColumn({
    name: 'scope_hash',
    type: 'varchar',
    length: 64,
    primaryKeyConstraintName: 'pk_vodapay_link_attempt',
  })
  scopeHash!: string;

  /** From 0. */
  @PrimaryColumn({ name: 'slot', type: 'integer', primaryKeyConstraintName: 'pk_vodapay_link_attempt' })
  slot!: number;

  /** When the slot is free again, epoch milliseconds. */
  @Column({ ...EPOCH_MS_COLUMN, name: 'expires_at' })
  expiresAt!: number;
}
