import type { DataSource } from 'typeorm';
import { VodaPayAccountHold } from '../linking/change/vodapay-account-hold.entity.js';
import { VodaPayLinkEvent } from '../linking/change/vodapay-link-event.entity.js';
import { VodaPayLinkCode } from '../linking/proof/link-code.entity.js';
import { VodaPayLinkTicket } from '../linking/proof/link-ticket.entity.js';
import { VodaPayAccountLink } from '../linking/vodapay-account-link.entity.js';
import { VodaPaySession } from '../session/vodapay-session.entity.js';
import { escapedTable, forDialect } from '../store/sql-text.js';

export type PersonSql = ReturnType<typeof personSql>;

/**
 * Every statement that finds or removes what is stored about a person, over all tables of the library and all client ids
 * of one namespace. A new table with personal data gets its lines here; a test looks through all of them.
 */
export function personSql(dataSource: DataSource) {
  const links = escapedTable(dataSource, VodaPayAccountLink);
  const sessions = escapedTable(dataSource, VodaPaySession);
  const tickets = escapedTable(dataSource, VodaPayLinkTicket);
  const codes = escapedTable(dataSource, VodaPayLinkCode);
  const events = escapedTable(dataSource, VodaPayLinkEvent);
  const holds = escapedTable(dataSource, VodaPayAccountHold);
  const link = 'id, client_id, vodapay_user_id, account_id, state, linked_at';
  const ticket = 'id, client_id, vodapay_user_id, account_id, state, expires_at, sealed';
  return forDialect(dataSource, {
    linksOfAccount: `SELECT ${link} FROM ${links} WHERE namespace = ? AND account_id = ? ORDER BY id`,
    linksOfUser: `SELECT ${link} FROM ${links} WHERE namespace = ? AND vodapay_user_id = ? ORDER BY id`,
    sessionsOfAccount:
      `SELECT id, client_id, created_at, last_seen_at, validated_at, expires_at, access_token, refresh_token ` +
      `FROM ${sessions} WHERE namespace = ? AND account_id = ? ORDER BY id`,
    ticketsOfAccount: `SELECT ${ticket} FROM ${tickets} WHERE namespace = ? AND account_id = ? ORDER BY id`,
    ticketsOfUser: `SELECT ${ticket} FROM ${tickets} WHERE namespace = ? AND vodapay_user_id = ? ORDER BY id`,
    codesOfAccount: `SELECT account_id, expires_at FROM ${codes} WHERE namespace = ? AND account_id = ?`,
    removeReservation: `DELETE FROM ${links} WHERE namespace = ? AND vodapay_user_id = ? AND state = 'reserved'`,
    removeSessions: `DELETE FROM ${sessions} WHERE namespace = ? AND account_id = ?`,
    removeTicketsOfAccount: `DELETE FROM ${tickets} WHERE namespace = ? AND account_id = ?`,
    removeTicketsOfUser: `DELETE FROM ${tickets} WHERE namespace = ? AND vodapay_user_id = ?`,
    removeCodes: `DELETE FROM ${codes} WHERE namespace = ? AND account_id = ?`,
    removeHolds: `DELETE FROM ${holds} WHERE namespace = ? AND account_id = ?`,
    forgetInEvents: `UPDATE ${events} SET account_id = NULL, from_account_id = NULL WHERE identity_hash = ? AND happened_at <= ?`,
    tellErased:
      `INSERT INTO ${events} (id, happened_at, namespace, kind, actor, reason, policy, link_id, identity_hash) ` +
      "VALUES (?, ?, ?, 'erased', 'merchant', 'asked', ?, ?, ?)",
  });
}
