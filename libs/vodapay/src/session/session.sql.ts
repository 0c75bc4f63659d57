import type { DataSource } from 'typeorm';
import { escapedTable, forDialect } from '../store/sql-text.js';
import { VodaPayAccountLink } from '../linking/vodapay-account-link.entity.js';
import { VodaPaySession } from './vodapay-session.entity.js';

export type SessionSql = ReturnType<typeof sessionSql>;

const LIVE_COLUMNS =
  's.id, s.namespace, s.client_id, s.link_id, s.created_at, s.expires_at, s.validated_at, s.last_seen_at, ' +
  's.released_scopes, ' +
  'l.account_id, l.vodapay_user_id, l.linked_at';
const TOKEN_COLUMNS =
  's.access_token, s.access_token_expires_at, s.refresh_token, s.refresh_token_expires_at, s.refresh_lease_until, ' +
  's.token_version';

/** What a new row is stored with, and PostgreSQL's type of it. `token_version` begins at 0. */
const OPENED = {
  id: 'text',
  token_hash: 'text',
  link_id: 'text',
  account_id: 'text',
  client_id: 'text',
  namespace: 'text',
  created_at: 'bigint',
  expires_at: 'bigint',
  validated_at: 'bigint',
  last_seen_at: 'bigint',
  released_scopes: 'integer',
  access_token: 'text',
  access_token_expires_at: 'bigint',
  refresh_token: 'text',
  refresh_token_expires_at: 'bigint',
} as const;

/** A row as it is opened. */
export type OpenedRow = Readonly<Record<keyof typeof OPENED, string | number | null>>;

/** The columns that `open` and `openAll` store, in the order of `open`'s values. */
export const OPENED_COLUMNS = Object.keys(OPENED) as readonly (keyof OpenedRow)[];

/** How many ids `findMany` takes: always as many, so that it is one statement to prepare. */
export const MANY_SESSIONS = 256;
const MANY = Array.from({ length: MANY_SESSIONS }, () => '?').join(', ');

/** Stands in the place of a lease's end where its refresh is known to be lost: past by every clock. */
const LOST_LEASE = 0;

/** Every statement on the sessions table, one statement each. A session without an active link isn't found. */
export function sessionSql(dataSource: DataSource) {
  const table = escapedTable(dataSource, VodaPaySession);
  const links = escapedTable(dataSource, VodaPayAccountLink);
  const live = `FROM ${table} s JOIN ${links} l ON l.id = s.link_id AND l.account_id = s.account_id AND l.state = 'active'`;
  const columns = OPENED_COLUMNS.join(', ');
  const own = 'namespace = ? AND client_id = ?';
  const idle = `${own} AND COALESCE(last_seen_at, created_at) <= ? AND id <= ?`;
  return forDialect(dataSource, {
    findByToken: `SELECT ${LIVE_COLUMNS} ${live} WHERE s.token_hash = ? AND s.namespace = ? AND s.client_id = ?`,
    findById: `SELECT ${LIVE_COLUMNS}, ${TOKEN_COLUMNS} ${live} WHERE s.id = ? AND s.namespace = ? AND s.client_id = ?`,
    list:
      `SELECT ${LIVE_COLUMNS} ${live} WHERE s.account_id = ? AND s.namespace = ? AND s.client_id = ? ` +
      'ORDER BY s.id DESC',
    findMany: `SELECT ${LIVE_COLUMNS}, s.token_hash ${live} WHERE s.namespace = ? AND s.client_id = ? AND s.id IN (${MANY})`,
    isStored: `SELECT id FROM ${table} WHERE id = ? AND token_hash = ?`,
    open:
      `INSERT INTO ${table} (${columns}, token_version) SELECT ${OPENED_COLUMNS.map(() => '?').join(', ')}, 0 ` +
      `FROM ${links} WHERE id = ? AND account_id = ? AND state = 'active'`,
    /**
     * PostgreSQL only: several rows as one JSON array, prepared once whatever their number. It expects a hundred of them,
     * for which it would read a table of some thousand links whole; LIMIT makes it look each link up by its key.
     */
    openAll:
      `INSERT INTO ${table} (${columns}, token_version) SELECT ${OPENED_COLUMNS.map((name) => `d.${name}`).join(', ')}, 0 ` +
      `FROM json_to_recordset(?) AS d(${OPENED_COLUMNS.map((name) => `${name} ${OPENED[name]}`).join(', ')}) ` +
      `CROSS JOIN LATERAL (SELECT 1 FROM ${links} WHERE id = d.link_id AND account_id = d.account_id AND state = 'active' ` +
      'LIMIT 1) AS link',
    confirm: `UPDATE ${table} SET validated_at = ?, released_scopes = ? WHERE id = ? AND (validated_at < ? OR validated_at > ?)`,
    markSeen:
      `UPDATE ${table} SET last_seen_at = ? WHERE id = ? ` +
      'AND (last_seen_at IS NULL OR last_seen_at <= ? OR last_seen_at > ?)',
    replaceToken: `UPDATE ${table} SET token_hash = ? WHERE id = ? AND ${own}`,
    leaseRefresh:
      `UPDATE ${table} SET refresh_lease_until = ? WHERE id = ? AND token_version = ? ` +
      'AND refresh_lease_until IS NULL',
    releaseRefresh: `UPDATE ${table} SET refresh_lease_until = NULL WHERE id = ? AND token_version = ?`,
    loseRefresh:
      `UPDATE ${table} SET refresh_lease_until = ${LOST_LEASE} ` +
      'WHERE id = ? AND token_version = ? AND refresh_lease_until = ?',
    storeRefreshed:
      `UPDATE ${table} SET access_token = ?, access_token_expires_at = ?, refresh_token = ?, ` +
      'refresh_token_expires_at = ?, refresh_lease_until = NULL, token_version = token_version + 1 ' +
      'WHERE id = ? AND token_version = ?',
    sealedAfter:
      `SELECT id, access_token, refresh_token, token_version FROM ${table} ` +
      `WHERE ${own} AND id > ? ORDER BY id LIMIT ?`,
    replaceSealed: `UPDATE ${table} SET access_token = ?, refresh_token = ? WHERE id = ? AND token_version = ?`,
    end: `DELETE FROM ${table} WHERE id = ? AND ${own}`,
    endByAccount: `DELETE FROM ${table} WHERE account_id = ? AND ${own}`,
    endByLinkAndAccount: `DELETE FROM ${table} WHERE link_id = ? AND account_id = ?`,
    endByLink: `DELETE FROM ${table} WHERE link_id = ? AND ${own}`,
    // First the last row that goes, then a range up to it: for `DELETE … IN (SELECT … LIMIT)` PostgreSQL may read the
    // whole table, and MariaDB before 11.1 always does.
    surplusBound: `SELECT id AS bound FROM ${table} WHERE account_id = ? AND ${own} ORDER BY id DESC LIMIT 1 OFFSET ?`,
    endSurplus: `DELETE FROM ${table} WHERE account_id = ? AND ${own} AND id <= ?`,
    expiredBound: `SELECT expires_at AS bound FROM ${table} WHERE expires_at <= ? ORDER BY expires_at LIMIT 1 OFFSET ?`,
    purgeExpired: `DELETE FROM ${table} WHERE expires_at <= ?`,
    // A session younger than the idle time can't be idle: ids grow with time, so the primary key bounds the search.
    idleBound: `SELECT id AS bound FROM ${table} WHERE ${idle} ORDER BY id LIMIT 1 OFFSET ?`,
    purgeIdle: `DELETE FROM ${table} WHERE ${idle}`,
  });
}
