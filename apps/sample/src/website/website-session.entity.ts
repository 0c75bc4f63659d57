import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { EPOCH_MS } from '../database/epoch-ms.js';

/** A signed-in browser at the shop's own website. */
@Entity('website_session')
@Index('ix_website_session_account_id', ['accountId'])
export class WebsiteSession {
  /** SHA-256 of the cookie's token. */
  @PrimaryColumn({ name: 'token_hash', type: 'varchar', length: 64 })
  tokenHash!: string;

  @Column({ name: 'account_id', type: 'varchar', length: 36 })
  accountId!: string;

  /** Epoch milliseconds. */
  @Column({ ...EPOCH_MS, name: 'expires_at' })
  expiresAt!: number;
}
