import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { EPOCH_MS_COLUMN } from '../store/epoch-ms-column.js';

/** One session. Its token is stored as a hash, the wallet's tokens sealed; it lives while its link is active. */
@Entity({ name: 'vodapay_session' })
@Index('uq_vodapay_session_token_hash', ['tokenHash'], { unique: true })
@Index('ix_vodapay_session_link_id', ['linkId'])
@Index('ix_vodapay_session_account_id', ['accountId'])
@Index('ix_vodapay_session_expires_at', ['expiresAt'])
export class VodaPaySession {
  /** uuid v7. */
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 36, primaryKeyConstraintName: 'pk_vodapay_session' })
  id!: string;

  /** SHA-256 of the session token, 64 hex digits. */
  @Column({ name: 'token_hash', type: 'varchar', length: 64 })
  tokenHash!: string;

  @Column({ name: 'link_id', type: 'varchar', length: 36 })
  linkId!: string;

  /** The account at sign-in; the link's own counts. */
  @Column({ name: 'account_id', type: 'varchar', length: 64 })
  accountId!: string;

  @Column({ name: 'client_id', type: 'varchar', length: 32 })
  clientId!: string;

  @Column({ name: 'namespace', type: 'varchar', length: 160 })
  namespace!: string;

  /** This and the other times: epoch milliseconds. */
  @Column({ ...EPOCH_MS_COLUMN, name: 'created_at' })
  createdAt!: number;

  /** Absolute end. */
  @Column({ ...EPOCH_MS_COLUMN, name: 'expires_at' })
  expiresAt!: number;

  /** When the wallet last confirmed the user. */
  @Column({ ...EPOCH_MS_COLUMN, name: 'validated_at' })
  validatedAt!: number;

  /** When the session was last used, to the minute; null in rows older than the column. */
  @Column({ ...EPOCH_MS_COLUMN, name: 'last_seen_at', nullable: true })
  lastSeenAt!: number | null;

  /** The scopes whose data the wallet released when it last confirmed the user, packed; null in rows older than the column. */
  @Column({ name: 'released_scopes', type: 'integer', nullable: true })
  releasedScopes!: number | null;

  /** Sealed. */
  @Column({ name: 'access_token', type: 'text', nullable: true })
  accessToken!: string | null;

  @Column({ ...EPOCH_MS_COLUMN, name: 'access_token_expires_at', nullable: true })
  accessTokenExpiresAt!: number | null;

  /** Sealed. */
  @Column({ name: 'refresh_token', type: 'text', nullable: true })
  refreshToken!: string | null;

  @Column({ ...EPOCH_MS_COLUMN, name: 'refresh_token_expires_at', nullable: true })
  refreshTokenExpiresAt!: number | null;

  /** Until when the one refresh of this token version may be under way; past: its answer was lost. */
  @Column({ ...EPOCH_MS_COLUMN, name: 'refresh_lease_until', nullable: true })
  refreshLeaseUntil!: number | null;

  /** Grows with each stored refresh. */
  @Column({ name: 'token_version', type: 'integer' })
  tokenVersion!: number;
}
