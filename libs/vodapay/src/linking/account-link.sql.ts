import type { DataSource } from 'typeorm';
import { escapedTable, forDialect } from '../store/sql-text.js';
import { CHANGE_COLUMNS, setAll } from './change/change-columns.js';
import { VodaPayAccountLink } from './vodapay-account-link.entity.js';

export type AccountLinkSql = ReturnType<typeof accountLinkSql>;

const COLUMNS = 'id, namespace, client_id, vodapay_user_id, account_id, state, linked_at, updated_at';

/** Every statement on the links table: one statement each, no transaction, the unique index and the WHERE decide. */
export function accountLinkSql(dataSource: DataSource) {
  const table = escapedTable(dataSource, VodaPayAccountLink);
  return forDialect(dataSource, {
    findByIdentity: `SELECT ${COLUMNS} FROM ${table} WHERE namespace = ? AND vodapay_user_id = ?`,
    /** PostgreSQL only: of those users that have one, in any order. */
    findByIdentities: `SELECT ${COLUMNS} FROM ${table} WHERE namespace = ? AND vodapay_user_id = ANY(?)`,
    findById: `SELECT ${COLUMNS} FROM ${table} WHERE id = ?`,
    findByAccount: `SELECT ${COLUMNS} FROM ${table} WHERE account_id = ? AND namespace = ? AND state = 'active' ORDER BY id`,
    insert: `INSERT INTO ${table} (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    touch: `UPDATE ${table} SET updated_at = ? WHERE id = ? AND state = 'reserved' AND updated_at = ?`,
    insertActive:
      `INSERT INTO ${table} (${COLUMNS}, revision, ${CHANGE_COLUMNS}) ` +
      `VALUES (?, ?, ?, ?, ?, 'active', ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)`,
    activate:
      `UPDATE ${table} SET account_id = ?, state = 'active', linked_at = ?, updated_at = ?, revision = 1, ` +
      `${setAll(CHANGE_COLUMNS)} WHERE id = ? AND state = 'reserved'`,
    release: `DELETE FROM ${table} WHERE id = ? AND state = 'reserved' AND updated_at = ?`,
    remove: `DELETE FROM ${table} WHERE id = ?`,
  });
}
