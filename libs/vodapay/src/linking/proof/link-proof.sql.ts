import type { DataSource } from 'typeorm';
import { purgeSql } from '../../store/purge-in-batches.js';
import { escapedTable, forDialect } from '../../store/sql-text.js';
import { VodaPayLinkAttempt } from './link-attempt.entity.js';
import { VodaPayLinkCode } from './link-code.entity.js';
import { VodaPayLinkTicket } from './link-ticket.entity.js';

const TICKET_COLUMNS =
  'id, namespace, vodapay_user_id, client_id, token_hash, purpose, state, account_id, code_hash, requested_at, ' +
  'expires_at, sealed';

/** A ticket belongs to the instance that issued it, also where instances share a namespace (R14). */
const INSTANCE = 'namespace = ? AND client_id = ?';

export type LinkTicketSql = ReturnType<typeof linkTicketSql>;

/** Every statement on the tickets' table: one each, no transaction; the WHERE decides who uses a ticket. */
export function linkTicketSql(dataSource: DataSource) {
  const table = escapedTable(dataSource, VodaPayLinkTicket);
  const purge = purgeSql(table, 'expires_at');
  return forDialect(dataSource, {
    find: `SELECT ${TICKET_COLUMNS} FROM ${table} WHERE token_hash = ? AND ${INSTANCE}`,
    replace:
      `UPDATE ${table} SET id = ?, client_id = ?, token_hash = ?, purpose = ?, state = ?, account_id = ?, ` +
      'code_hash = ?, requested_at = NULL, expires_at = ?, sealed = ? WHERE namespace = ? AND vodapay_user_id = ?',
    insert:
      `INSERT INTO ${table} (id, client_id, token_hash, purpose, state, account_id, code_hash, expires_at, sealed, ` +
      'namespace, vodapay_user_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    await:
      `UPDATE ${table} SET state = 'awaiting', account_id = ?, code_hash = ?, requested_at = ? ` +
      'WHERE id = ? AND state = ? AND expires_at > ?',
    awaitingOf:
      `SELECT ${TICKET_COLUMNS} FROM ${table} WHERE account_id = ? AND ${INSTANCE} AND state = 'awaiting' ` +
      'AND expires_at > ? ORDER BY requested_at, id',
    approve:
      `UPDATE ${table} SET state = 'approved' WHERE id = ? AND account_id = ? AND ${INSTANCE} ` +
      "AND state = 'awaiting' AND expires_at > ?",
    reject: `DELETE FROM ${table} WHERE id = ? AND account_id = ? AND ${INSTANCE} AND state IN ('awaiting', 'approved')`,
    endByLinkCodes: `DELETE FROM ${table} WHERE account_id = ? AND namespace = ? AND state IN ('awaiting', 'approved')`,
    use: `DELETE FROM ${table} WHERE id = ? AND state = ? AND expires_at > ?`,
    purgeBound: purge.bound,
    purge: purge.remove,
  });
}

export type LinkAttemptSql = ReturnType<typeof linkAttemptSql>;

/** Every statement on the limits' slots: the primary key and the compare-and-set decide who gets one. */
export function linkAttemptSql(dataSource: DataSource) {
  const table = escapedTable(dataSource, VodaPayLinkAttempt);
  const purge = purgeSql(table, 'expires_at');
  return forDialect(dataSource, {
    slotsOf: `SELECT slot, expires_at FROM ${table} WHERE scope_hash = ? ORDER BY slot`,
    takeNew: `INSERT INTO ${table} (scope_hash, slot, expires_at) VALUES (?, ?, ?)`,
    takeExpired: `UPDATE ${table} SET expires_at = ? WHERE scope_hash = ? AND slot = ? AND expires_at <= ?`,
    purgeBound: purge.bound,
    purge: purge.remove,
  });
}

export type LinkCodeSql = ReturnType<typeof linkCodeSql>;

/** Every statement on the link codes. */
export function linkCodeSql(dataSource: DataSource) {
  const table = escapedTable(dataSource, VodaPayLinkCode);
  const purge = purgeSql(table, 'expires_at');
  return forDialect(dataSource, {
    find: `SELECT account_id, code_hash, expires_at FROM ${table} WHERE code_hash = ? AND namespace = ?`,
    replace: `UPDATE ${table} SET code_hash = ?, expires_at = ? WHERE namespace = ? AND account_id = ?`,
    insert: `INSERT INTO ${table} (code_hash, expires_at, namespace, account_id) VALUES (?, ?, ?, ?)`,
    endOfAccount: `DELETE FROM ${table} WHERE namespace = ? AND account_id = ?`,
    use: `DELETE FROM ${table} WHERE code_hash = ? AND namespace = ? AND account_id = ? AND expires_at > ?`,
    purgeBound: purge.bound,
    purge: purge.remove,
  });
}
