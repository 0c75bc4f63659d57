import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { VodaPayError } from '../errors.js';
import { requireEntity } from '../store/require-entity.js';
import { StatementRunner, type SqlValue } from '../store/statement-runner.js';
import { uuidV7 } from '../store/uuid-v7.js';
import type { LiveSession, SealedTokens } from './live-session.js';
import { sessionSql, type SessionSql } from './session.sql.js';
import { VodaPaySession } from './vodapay-session.entity.js';

/** A session to store. */
export interface NewSession extends SealedTokens {
  /** From `newId`; the tokens are sealed for it. */
  readonly id: string;
  readonly tokenHash: string;
  readonly linkId: string;
  readonly accountId: string;
  readonly clientId: string;
  readonly namespace: string;
  /** Epoch milliseconds; also the time of the wallet's first confirmation. */
  readonly createdAt: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/**
 * The sessions. Every method is one statement that commits by itself.
 * Throws VODAPAY_STORE_UNAVAILABLE (503) or VODAPAY_STORE_FAILED.
 */
@Injectable()
export class VodaPaySessionRepository {
  private readonly statements: StatementRunner;
  private sqlOnceConnected: SessionSql | undefined;

  constructor(private readonly dataSource: DataSource) {
    if (dataSource.isInitialized) requireEntity(dataSource, VodaPaySession);
    this.statements = new StatementRunner(dataSource);
  }

  /** The id of a session to come, which its tokens are sealed for. `now`: epoch milliseconds. */
  newId(now: number): string {
    return uuidV7(now, randomBytes(10));
  }

  async open(session: NewSession): Promise<void> {
    const { id, tokenHash, linkId, accountId, clientId, namespace, createdAt, expiresAt } = session;
    const whose = [id, tokenHash, linkId, accountId, clientId, namespace];
    const values = [...whose, createdAt, expiresAt, createdAt, ...tokenValues(session)];
    if ((await this.statements.write(this.sql.open, values)) !== 'duplicate') return;
    // Stored by an earlier try whose answer got lost; another row with this id or hash doesn't come about by chance.
    const stored = await this.statements.read(this.sql.isStored, [id, tokenHash]);
    if (stored.length === 0) throw new VodaPayError('VODAPAY_STORE_FAILED');
  }

  /** The session, expired or not, while its link is active; of this namespace only (R14). */
  async findByToken(tokenHash: string, namespace: string): Promise<LiveSession | undefined> {
    return this.findOne(this.sql.findByToken, [tokenHash, namespace]);
  }

  async findById(id: string): Promise<LiveSession | undefined> {
    return this.findOne(this.sql.findById, [id]);
  }

  /** Notes that the wallet confirmed the user; an older confirmation never replaces a newer one. */
  async confirm(id: string, validatedAt: number): Promise<void> {
    await this.statements.write(this.sql.confirm, [validatedAt, id, validatedAt]);
  }

  /**
   * Asks for the one refresh of this token version. True for one caller only, over all processes. A lease that ran out
   * isn't given again: its refresh may have been sent and must not be repeated (PROTOCOL §3).
   */
  async leaseRefresh(id: string, tokenVersion: number, now: number, leaseMs: number): Promise<boolean> {
    return (await this.statements.write(this.sql.leaseRefresh, [now + leaseMs, id, tokenVersion])) === 1;
  }

  /** Gives the lease back after a refresh that surely wasn't sent or didn't use the token up. */
  async releaseRefresh(id: string, tokenVersion: number): Promise<void> {
    await this.statements.write(this.sql.releaseRefresh, [id, tokenVersion]);
  }

  /** Lets the lease run out now: the refresh was sent and its answer is lost, so nobody needs to wait for it. */
  async loseRefresh(id: string, tokenVersion: number, now: number): Promise<void> {
    await this.statements.write(this.sql.loseRefresh, [now, id, tokenVersion]);
  }

  /** Stores a refresh and ends its lease. False when the session has ended or holds a newer version. */
  async storeRefreshed(id: string, tokenVersion: number, tokens: SealedTokens): Promise<boolean> {
    const values = [...tokenValues(tokens), id, tokenVersion];
    return (await this.statements.write(this.sql.storeRefreshed, values)) === 1;
  }

  /** Ends the session. Returns how many ended: 0 when it had ended before. */
  end(id: string): Promise<number> {
    return this.remove(this.sql.end, [id]);
  }

  endByToken(tokenHash: string): Promise<number> {
    return this.remove(this.sql.endByToken, [tokenHash]);
  }

  endByAccount(accountId: string): Promise<number> {
    return this.remove(this.sql.endByAccount, [accountId]);
  }

  endByLink(linkId: string): Promise<number> {
    return this.remove(this.sql.endByLink, [linkId]);
  }

  /** Deletes at most `limit` sessions that expired by `now` (epoch milliseconds), the oldest first. */
  purgeExpired(now: number, limit: number): Promise<number> {
    return this.remove(this.sql.purgeExpired, [now, limit]);
  }

  private async findOne(sql: string, values: readonly SqlValue[]): Promise<LiveSession | undefined> {
    const [row] = await this.statements.read<SessionRow>(sql, values);
    return row && toLiveSession(row);
  }

  private async remove(sql: string, values: readonly SqlValue[]): Promise<number> {
    const removed = await this.statements.write(sql, values);
    return removed === 'duplicate' ? 0 : removed;
  }

  /** Table names come from the entity's metadata, which exists once the data source is initialised. */
  private get sql(): SessionSql {
    this.sqlOnceConnected ??= sessionSql(this.dataSource);
    return this.sqlOnceConnected;
  }
}

function tokenValues(tokens: SealedTokens): SqlValue[] {
  const { accessToken, accessTokenExpiresAt, refreshToken, refreshTokenExpiresAt } = tokens;
  return [accessToken, accessTokenExpiresAt, refreshToken, refreshTokenExpiresAt];
}

/** PostgreSQL and MariaDB give bigints back as text. */
type Bigint = string | number;

interface SessionRow {
  readonly id: string;
  readonly namespace: string;
  readonly client_id: string;
  readonly link_id: string;
  readonly account_id: string;
  readonly vodapay_user_id: string;
  readonly linked_at: Bigint;
  readonly created_at: Bigint;
  readonly expires_at: Bigint;
  readonly validated_at: Bigint;
  readonly access_token: string | null;
  readonly access_token_expires_at: Bigint | null;
  readonly refresh_token: string | null;
  readonly refresh_token_expires_at: Bigint | null;
  readonly refresh_lease_until: Bigint | null;
  readonly token_version: number;
}

function toLiveSession(row: SessionRow): LiveSession {
  return {
    id: row.id,
    namespace: row.namespace,
    clientId: row.client_id,
    linkId: row.link_id,
    accountId: row.account_id,
    userId: row.vodapay_user_id,
    linkedAt: Number(row.linked_at),
    createdAt: Number(row.created_at),
    expiresAt: Number(row.expires_at),
    validatedAt: Number(row.validated_at),
    accessToken: row.access_token,
    accessTokenExpiresAt: numberOrNull(row.access_token_expires_at),
    refreshToken: row.refresh_token,
    refreshTokenExpiresAt: numberOrNull(row.refresh_token_expires_at),
    refreshLeaseUntil: numberOrNull(row.refresh_lease_until),
    tokenVersion: row.token_version,
  };
}

function numberOrNull(value: Bigint | null): number | null {
  return value === null ? null : Number(value);
}
