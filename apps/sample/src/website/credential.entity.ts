import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { EPOCH_MS } from '../database/epoch-ms.js';

/** How a customer signs in at the shop's own website: e-mail and password. */
@Entity('website_credential')
@Index('uq_website_credential_email', ['email'], { unique: true })
export class Credential {
  @PrimaryColumn({ name: 'account_id', type: 'varchar', length: 36 })
  accountId!: string;

  /** In lower case. */
  @Column({ type: 'varchar', length: 254 })
  email!: string;

  /** `scrypt$<salt>$<hash>`, base64url. */
  @Column({ name: 'password_hash', type: 'varchar', length: 128 })
  passwordHash!: string;

  /** SHA-256 of the token in the verification mail; null once it was used. */
  @Column({ name: 'verification_hash', type: 'varchar', length: 64, nullable: true })
  verificationHash!: string | null;

  /**
   * When the owner of the mailbox showed that the password is hers too: she opened the mail's link signed in with it.
   * Null: somebody else may have set it. Epoch milliseconds.
   */
  @Column({ ...EPOCH_MS, name: 'proven_at', nullable: true })
  provenAt!: number | null;
}
