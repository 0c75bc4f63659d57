import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A customer of the sample shop. There is no password: VodaPay is the only way in. */
@Entity('account')
export class Account {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** The key under which the login asked for this account; unique, so that asking twice makes one. */
  @Column({ name: 'idempotency_key', type: 'varchar', length: 36, unique: true })
  idempotencyKey!: string;

  @Column({ type: 'varchar', length: 16 })
  state!: 'active' | 'disabled';

  /** Shown to the customer; taken from the VodaPay nickname or name once, later the customer's own. */
  @Column({ name: 'display_name', type: 'varchar', length: 64, nullable: true })
  displayName!: string | null;

  /** What the customer gave the shop, unverified. Never VodaPay's. */
  @Column({ type: 'varchar', length: 254, nullable: true })
  email!: string | null;

  /** Epoch milliseconds. */
  @Column({
    name: 'created_at',
    type: 'bigint',
    transformer: { to: (value: number) => value, from: (value: string | number) => Number(value) },
  })
  createdAt!: number;
}
