import type { LiveSession, StoredSession } from './live-session.js';

/** PostgreSQL and MariaDB give bigints back as text. */
type Bigint = string | number;

export interface LiveRow {
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
  /** Null in rows that are older than the column. */
  readonly last_seen_at: Bigint | null;
  /** Null in rows that are older than the column. */
  readonly released_scopes: number | null;
}

/** A row with the hash of its token. */
export interface HashedRow extends LiveRow {
  readonly token_hash: string;
}

export interface StoredRow extends LiveRow {
  readonly access_token: string | null;
  readonly access_token_expires_at: Bigint | null;
  readonly refresh_token: string | null;
  readonly refresh_token_expires_at: Bigint | null;
  readonly refresh_lease_until: Bigint | null;
  readonly token_version: number;
}

export function toLiveSession(row: LiveRow): LiveSession {
  return {
    id: row.id,
    linkId: row.link_id,
    accountId: row.account_id,
    userId: row.vodapay_user_id,
    linkedAt: Number(row.linked_at),
    createdAt: Number(row.created_at),
    expiresAt: Number(row.expires_at),
    validatedAt: Number(row.validated_at),
    lastSeenAt: Number(row.last_seen_at ?? row.created_at),
    scopes: row.released_scopes ?? 0,
  };
}

export function toStoredSession(row: StoredRow): StoredSession {
  return {
    ...toLiveSession(row),
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
