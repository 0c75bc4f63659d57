import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { EPOCH_MS_COLUMN } from '../../store/epoch-ms-column.js';

/**
 * What a ticket waits for. `contact`: the code sent to the account's contact · `link-code`: a link code of any account ·
 * `awaiting`: the approval of the account that the link code named · `approved`: the mini program to come back.
 */
export type LinkTicketState = 'contact' | 'link-code' | 'awaiting' | 'approved';

/** What a proof of a ticket does: a login goes on, or the link of a signed-in user moves to the proven account. */
export type LinkTicketPurpose = 'link' | 'move';

/** A login or a move that waits for a proof. One row per VodaPay identity: a newer ticket replaces the older one. */
@Entity({ name: 'vodapay_link_ticket' })
@Index('uq_vodapay_link_ticket_identity', ['namespace', 'vodapayUserId'], { unique: true })
@Index('uq_vodapay_link_ticket_token_hash', ['tokenHash'], { unique: true })
@Index('ix_vodapay_link_ticket_account_id', ['accountId'])
@Index('ix_vodapay_link_ticket_expires_at', ['expiresAt'])
export class VodaPayLinkTicket {
  /** uuid v7, new with each ticket; the id of its approval. */
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 36, primaryKeyConstraintName: 'pk_vodapay_link_ticket' })
  id!: string;

  @Column({ name: 'namespace', type: 'varchar', length: 160 })
  namespace!: string;

  @Column({ name: 'vodapay_user_id', type: 'varchar', length: 64 })
  vodapayUserId!: string;

  @Column({ name: 'client_id', type: 'varchar', length: 32 })
  clientId!: string;

  /** SHA-256 of the ticket, 64 hex digits. */
  @Column({ name: 'token_hash', type: 'varchar', length: 64 })
  tokenHash!: string;

  @Column({ name: 'purpose', type: 'varchar', length: 16 })
  purpose!: LinkTicketPurpose;

  @Column({ name: 'state', type: 'varchar', length: 16 })
  state!: LinkTicketState;

  /** The account that the proof must come from; null until a link code names one. */
  @Column({ name: 'account_id', type: 'varchar', length: 64, nullable: true })
  accountId!: string | null;

  /** Keyed hash of the code that was sent, or of the link code that was accepted; null while neither is known. */
  @Column({ name: 'code_hash', type: 'varchar', length: 64, nullable: true })
  codeHash!: string | null;

  /** When the approval was asked for, epoch milliseconds. */
  @Column({ ...EPOCH_MS_COLUMN, name: 'requested_at', nullable: true })
  requestedAt!: number | null;

  /** Epoch milliseconds. */
  @Column({ ...EPOCH_MS_COLUMN, name: 'expires_at' })
  expiresAt!: number;

  /** The profile and the wallet's tokens, sealed for this row. */
  @Column({ name: 'sealed', type: 'text' })
  sealed!: string;
}
