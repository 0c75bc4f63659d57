import { EPOCH_MS } from '../database/epoch-ms.js';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A customer of the sample shop. A password, if there is one, is the website's. */
@Entity('account')
@Index('uq_account_idempotency_key', ['idempotencyKey'], { unique: true })
export class Account {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** The key under which the login asked for this account; unique, so that asking twice makes one. */
  @Column({ name: 'idempotency_key', type: 'varchar', length: 36 })
  idempotencyKey!: string;

  @Column({ type: 'varchar', length: 16 })
  state!: 'active' | 'disabled';

  /** Shown to the customer; taken from the VodaPay nickname or name once, later the customer's own. */
  @Column({ name: 'display_name', type: 'varchar', length: 64, nullable: true })
  displayName!: string | null;

  /** What the customer gave the shop, unverified. Never VodaPay's. */
  @Column({ type: 'varchar', length: 254, nullable: true })
  email!: string | null;

  /** When the shop itself verified that e-mail, epoch milliseconds; null: it is only what somebody typed. */
  @Column({ ...EPOCH_MS, name: 'email_verified_at', nullable: true })
  emailVerifiedAt!: number | null;

  /** Epoch milliseconds. */
  @Column({ ...EPOCH_MS, name: 'created_at' })
  createdAt!: number;
}
