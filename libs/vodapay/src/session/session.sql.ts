import type { DataSource } from 'typeorm';
import { escapedTable, forDialect } from '../store/sql-text.js';
import { VodaPayAccountLink } from '../linking/vodapay-account-link.entity.js';
import { VodaPaySession } from './vodapay-session.entity.js';

export type SessionSql = ReturnType<typeof sessionSql>;

/** Every statement on the sessions table, one statement each. A session without an active link isn't found. */
export function sessionSql(dataSource: DataSource) {
  const table = escapedTable(dataSource, VodaPaySession);
  const live =
    'SELECT s.id, s.namespace, s.client_id, s.link_id, s.created_at, s.expires_at, s.validated_at, s.access_token, ' +
    's.access_token_expires_at, s.refresh_token, s.refresh_token_expires_at, s.refresh_lease_until, s.token_version, ' +
    'l.account_id, l.vodapay_user_id, l.linked_at ' +
    `FROM ${table} s JOIN ${escapedTable(dataSource, VodaPayAccountLink)} l ON l.id = s.link_id AND l.state = 'active'`;
  return forDialect(dataSource, {
    findByToken: `${live} WHERE s.token_hash = ? AND s.namespace = ?`,
    findById: `${live} WHERE s.id = ?`,
    isStored: `SELECT id FROM ${table} WHERE id = ? AND token_hash = ?`,
    open:
      `INSERT INTO ${table} (id, token_hash, link_id, account_id, client_id, namespace, created_at, expires_at, ` +
      'validated_at, access_token, access_token_expires_at, refresh_token, refresh_token_expires_at, token_version) ' +
      'VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)',
    confirm: `UPDATE ${table} SET validated_at = ? WHERE id = ? AND validated_at < ?`,
    leaseRefresh:
      `UPDATE ${table} SET refresh_lease_until = ? WHERE id = ? AND token_version = ? ` +
      'AND refresh_lease_until IS NULL',
    releaseRefresh: `UPDATE ${table} SET refresh_lease_until = NULL WHERE id = ? AND token_version = ?`,
    loseRefresh: `UPDATE ${table} SET refresh_lease_until = ? WHERE id = ? AND token_version = ?`,
    storeRefreshed:
      `UPDATE ${table} SET access_token = ?, access_token_expires_at = ?, refresh_token = ?, ` +
      'refresh_token_expires_at = ?, refresh_lease_until = NULL, token_version = token_version + 1 ' +
      'WHERE id = ? AND token_version = ?',
    end: `DELETE FROM ${table} WHERE id = ?`,
    endByToken: `DELETE FROM ${table} WHERE token_hash = ?`,
    endByAccount: `DELETE FROM ${table} WHERE account_id = ?`,
    endByLink: `DELETE FROM ${table} WHERE link_id = ?`,
    // The inner SELECT stands in a derived table because MariaDB takes no LIMIT directly under IN.
    purgeExpired:
      `DELETE FROM ${table} WHERE id IN (SELECT id FROM ` +
      `(SELECT id FROM ${table} WHERE expires_at <= ? ORDER BY expires_at LIMIT ?) expired)`,
  });
}
