import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { VodaPayError } from '../errors/vodapay-error.js';
import { CLOCK_TOLERANCE_MS } from '../linking/clock-tolerance.js';
import { pooledRandomBytes } from './pooled-random-bytes.js';
import { isUuid } from '../store/is-uuid.js';
import { requireEntity } from '../store/require-entity.js';
import { SharedTurn } from '../store/shared-turn.js';
import { StatementRunner, type SqlValue } from '../store/statement-runner.js';
import { takesLists } from '../store/takes-lists.js';
import { uuidTime } from '../store/uuid-time.js';
import { uuidV7 } from '../store/uuid-v7.js';
import type { HashedSession, LiveSession, SealedTokens, StoredSession } from './live-session.js';
import { SEEN_EVERY_MS } from './is-alive.js';
import { MANY_SESSIONS, OPENED_COLUMNS, sessionSql, type OpenedRow, type SessionSql } from './session.sql.js';
import type { SessionScope } from './session-scope.js';
import { toLiveSession, toStoredSession, type HashedRow, type LiveRow, type StoredRow } from './session-rows.js';
import { VodaPaySession } from './vodapay-session.entity.js';

/** A session to store. */
export interface NewSession extends SealedTokens {
  /** From `newId`; the tokens are sealed for it. */
  readonly id: string;
  readonly tokenHash: string;
  readonly linkId: string;
  readonly accountId: string;
  /** Epoch milliseconds; also the time of the wallet's first confirmation. */
  readonly createdAt: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  /** Scopes whose data the wallet released, packed. Default 0: none. */
  readonly scopes?: number;
}

/** The sealed tokens of one row, for sealing them anew. */
export interface SealedRow {
  readonly id: string;
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
  readonly tokenVersion: number;
}

/**
 * The sessions of one instance of the module (R14). Every method is one statement that commits by itself.
 * Throws VODAPAY_STORE_UNAVAILABLE (503) or VODAPAY_STORE_FAILED.
 */
@Injectable()
export class VodaPaySessionRepository {
  private readonly statements: StatementRunner;
  private readonly own: readonly [namespace: string, clientId: string];
  private sqlOnceConnected: SessionSql | undefined;
  private readonly openings = new SharedTurn<OpenedRow, boolean>({
    alone: (row) => this.openOne(row),
    together: (rows) => this.openTogether(rows),
  });

  constructor(
    private readonly dataSource: DataSource,
    { namespace, clientId }: SessionScope,
  ) {
    if (dataSource.isInitialized) requireEntity(dataSource, VodaPaySession);
    this.statements = new StatementRunner(dataSource);
    this.own = [namespace, clientId];
  }

  /** The id of a session to come, which its tokens are sealed for. `now`: epoch milliseconds. */
  newId(now: number): string {
    return uuidV7(now, pooledRandomBytes(10));
  }

  /** The same, in the order behind all sessions that the account has, also those of a process whose clock is ahead. */
  async newestId(accountId: string, now: number): Promise<string> {
    const newest = await this.bound(this.sql.surplusBound, [accountId, ...this.own, 0]);
    return this.newId(newest === undefined ? now : Math.max(now, uuidTime(String(newest)) + 1));
  }

  /**
   * False when its link has gone meanwhile: then nothing is stored (R17). On PostgreSQL those that are opened in one turn
   * of the event loop share a statement.
   */
  open(session: NewSession): Promise<boolean> {
    const row = this.rowOf(session);
    return takesLists(this.dataSource) ? this.openings.run(this.own[0], row) : this.openOne(row);
  }

  /** The session, expired or not, while its link is active. */
  async findByToken(tokenHash: string): Promise<LiveSession | undefined> {
    const [row] = await this.readOwn<LiveRow>(this.sql.findByToken, [tokenHash, ...this.own]);
    return row && toLiveSession(row);
  }

  /** The same by its id, with the sealed tokens. */
  async findById(id: string): Promise<StoredSession | undefined> {
    if (!isUuid(id)) return undefined;
    const [row] = await this.readOwn<StoredRow>(this.sql.findById, [id, ...this.own]);
    return row && toStoredSession(row);
  }

  /** The account's sessions, expired or not, the newest first. */
  async list(accountId: string): Promise<readonly LiveSession[]> {
    return (await this.readOwn<LiveRow>(this.sql.list, [accountId, ...this.own])).map(toLiveSession);
  }

  /**
   * Those of the sessions that are there, expired or not, in no order, each with the hash of its token. At most
   * `MANY_SESSIONS` ids, and one at least.
   */
  async findMany(ids: readonly string[]): Promise<readonly HashedSession[]> {
    const padded = Array.from({ length: MANY_SESSIONS }, (_, index) => ids[index] ?? ids[0] ?? '');
    const rows = await this.statements.read<HashedRow>(this.sql.findMany, [...this.own, ...padded]);
    return rows.map((row) => ({ ...toLiveSession(row), tokenHash: row.token_hash }));
  }

  /**
   * Notes that the wallet confirmed the user, and with which scopes. An older confirmation never replaces a newer one,
   * unless that one lies ahead of the clock.
   */
  async confirm(id: string, validatedAt: number, scopes: number): Promise<void> {
    await this.statements.write(this.sql.confirm, [
      validatedAt,
      scopes,
      id,
      validatedAt,
      validatedAt + CLOCK_TOLERANCE_MS,
    ]);
  }

  /** Notes that the session was used. Writes nothing when that was noted less than a minute ago. */
  async markSeen(id: string, now: number): Promise<void> {
    await this.statements.write(this.sql.markSeen, [now, id, now - SEEN_EVERY_MS, now + CLOCK_TOLERANCE_MS]);
  }

  /** Puts another token in the place of the session's; the former one is worth nothing at once. False: no such session. */
  async replaceToken(id: string, tokenHash: string): Promise<boolean> {
    return (await this.statements.write(this.sql.replaceToken, [tokenHash, id, ...this.own])) === 1;
  }

  /**
   * Asks for the one refresh of this token version. True for one caller only, over all processes. A lease that ran out
   * isn't given again: its refresh may have been sent and must not be repeated (PROTOCOL §3).
   */
  async leaseRefresh(id: string, tokenVersion: number, until: number): Promise<boolean> {
    return (await this.statements.write(this.sql.leaseRefresh, [until, id, tokenVersion])) === 1;
  }

  /** Gives the lease back after a refresh that surely wasn't sent or didn't use the token up. */
  async releaseRefresh(id: string, tokenVersion: number): Promise<void> {
    await this.statements.write(this.sql.releaseRefresh, [id, tokenVersion]);
  }

  /** Lets this very lease run out for everybody: its refresh was sent and the answer is lost, so nobody needs to wait. */
  async loseRefresh(id: string, tokenVersion: number, until: number): Promise<void> {
    await this.statements.write(this.sql.loseRefresh, [id, tokenVersion, until]);
  }

  /** Stores a refresh and ends its lease. False when the session has ended or holds a newer version. */
  async storeRefreshed(id: string, tokenVersion: number, tokens: SealedTokens): Promise<boolean> {
    const values = [...tokenValues(tokens), id, tokenVersion];
    return (await this.statements.write(this.sql.storeRefreshed, values)) === 1;
  }

  /** The next rows after this id (`''`: from the start), in the order of their ids. */
  async sealedAfter(id: string, limit: number): Promise<readonly SealedRow[]> {
    const rows = await this.statements.read<StoredRow>(this.sql.sealedAfter, [...this.own, id, limit]);
    return rows.map((row) => ({
      id: row.id,
      accessToken: row.access_token,
      refreshToken: row.refresh_token,
      tokenVersion: row.token_version,
    }));
  }

  /** Stores the same tokens sealed anew. False when a refresh stored others meanwhile, or the session has ended. */
  async replaceSealed({ id, accessToken, refreshToken, tokenVersion }: SealedRow): Promise<boolean> {
    const values = [accessToken, refreshToken, id, tokenVersion];
    return (await this.statements.write(this.sql.replaceSealed, values)) === 1;
  }

  /** Ends the session. Returns how many ended: 0 when it had ended before. */
  async end(id: string): Promise<number> {
    return isUuid(id) ? this.statements.remove(this.sql.end, [id, ...this.own]) : 0;
  }

  endByAccount(accountId: string): Promise<number> {
    return this.statements.remove(this.sql.endByAccount, [accountId, ...this.own]);
  }

  endByLink(linkId: string): Promise<number> {
    return this.statements.remove(this.sql.endByLink, [linkId, ...this.own]);
  }

  /** Ends what was opened through this link for this account, by whichever instance: the link is gone or moved. */
  endByLinkAndAccount(linkId: string, accountId: string): Promise<number> {
    return this.statements.remove(this.sql.endByLinkAndAccount, [linkId, accountId]);
  }

  /** Ends the oldest sessions of an account beyond `keep`. */
  async endSurplus(accountId: string, keep: number): Promise<number> {
    const whose = [accountId, ...this.own];
    const bound = await this.bound(this.sql.surplusBound, [...whose, keep]);
    return bound === undefined ? 0 : this.statements.remove(this.sql.endSurplus, [...whose, bound]);
  }

  /**
   * Deletes `limit` sessions, of any instance, that expired by `now` (epoch milliseconds), the oldest first, and those
   * that expired in the same millisecond as the last of them.
   */
  async purgeExpired(now: number, limit: number): Promise<number> {
    const bound = await this.bound(this.sql.expiredBound, [now, limit - 1]);
    return this.statements.remove(this.sql.purgeExpired, [bound === undefined ? now : Number(bound)]);
  }

  /** Deletes at most `limit` sessions that nobody has used after `seenBefore` (epoch milliseconds). */
  async purgeIdle(seenBefore: number, limit: number): Promise<number> {
    const youngest = uuidV7(Math.max(0, seenBefore) + 1, new Uint8Array(10));
    const idle = [...this.own, seenBefore];
    const bound = await this.bound(this.sql.idleBound, [...idle, youngest, limit - 1]);
    return this.statements.remove(this.sql.purgeIdle, [...idle, bound ?? youngest]);
  }

  /** Of each, whether it is stored, in their order. */
  private async openTogether(rows: readonly OpenedRow[]): Promise<readonly boolean[]> {
    const opened = await this.statements.write(this.sql.openAll, [JSON.stringify(rows)]);
    if (opened === rows.length) return rows.map(() => true);
    return Promise.all(rows.map((one) => (opened === 'duplicate' ? this.openOne(one) : this.isStored(one))));
  }

  private async openOne(row: OpenedRow): Promise<boolean> {
    const values = OPENED_COLUMNS.map((column) => row[column]);
    const opened = await this.statements.write(this.sql.open, [...values, row.link_id, row.account_id]);
    if (opened !== 'duplicate') return opened === 1;
    // Stored by an earlier try whose answer got lost; another row with this id or hash doesn't come about by chance.
    if (!(await this.isStored(row))) throw new VodaPayError('VODAPAY_STORE_FAILED');
    return true;
  }

  private async isStored(row: OpenedRow): Promise<boolean> {
    return (await this.statements.read(this.sql.isStored, [row.id, row.token_hash])).length > 0;
  }

  private rowOf({
    id,
    tokenHash,
    linkId,
    accountId,
    createdAt,
    expiresAt,
    scopes = 0,
    ...tokens
  }: NewSession): OpenedRow {
    const [namespace, clientId] = this.own;
    return {
      id,
      token_hash: tokenHash,
      link_id: linkId,
      account_id: accountId,
      client_id: clientId,
      namespace,
      created_at: createdAt,
      expires_at: expiresAt,
      validated_at: createdAt,
      last_seen_at: createdAt,
      released_scopes: scopes,
      access_token: tokens.accessToken,
      access_token_expires_at: tokens.accessTokenExpiresAt,
      refresh_token: tokens.refreshToken,
      refresh_token_expires_at: tokens.refreshTokenExpiresAt,
    };
  }

  /** The last row of a batch; undefined when there are fewer. */
  private async bound(sql: string, values: readonly SqlValue[]): Promise<string | number | undefined> {
    const [row] = await this.statements.read<{ readonly bound: string | number }>(sql, values);
    return row?.bound;
  }

  /** MariaDB compares a client id without regard to case: what counts is the bytes. */
  private async readOwn<Row extends LiveRow>(sql: string, values: readonly SqlValue[]): Promise<readonly Row[]> {
    const [namespace, clientId] = this.own;
    const rows = await this.statements.read<Row>(sql, values);
    return rows.filter((row) => row.namespace === namespace && row.client_id === clientId);
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
