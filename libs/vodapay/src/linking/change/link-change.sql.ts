import type { DataSource } from 'typeorm';
import { purgeSql } from '../../store/purge-in-batches.js';
import { escapedTable, forDialect } from '../../store/sql-text.js';
import { VodaPayAccountLink } from '../vodapay-account-link.entity.js';
import { CHANGE_COLUMNS, setAll } from './change-columns.js';
import { VodaPayLinkEvent } from './vodapay-link-event.entity.js';

export type LinkChangeSql = ReturnType<typeof linkChangeSql>;

const LINK = ['id', 'namespace', 'client_id', 'vodapay_user_id', 'account_id', 'state', 'linked_at', 'updated_at'];
const CHANGE = ['revision', 'change_id', 'change_kind', 'change_reason', 'change_from_account_id'];
const READ = [...LINK, ...CHANGE].map((column) => `l.${column}`).join(', ');
const EVENT =
  'id, happened_at, namespace, kind, actor, reason, policy, link_id, account_id, from_account_id, identity_hash';
const COPIED =
  'change_id, updated_at, namespace, change_kind, change_actor, change_reason, change_policy, id, account_id, ' +
  'change_from_account_id, identity_hash';

/** The statements that change a link once it is made, and those on its events. One statement each, no transaction. */
export function linkChangeSql(dataSource: DataSource) {
  const links = escapedTable(dataSource, VodaPayAccountLink);
  const events = escapedTable(dataSource, VodaPayLinkEvent);
  // A subquery for one row and no join: PostgreSQL would read all events for each page of links.
  const told = `(SELECT e.id FROM ${events} e WHERE e.id = l.change_id)`;
  const owing =
    `SELECT ${READ} FROM ${links} l ` +
    `WHERE (l.state = 'ended' OR (l.state = 'active' AND l.updated_at >= ? AND ${told} IS NULL)) ` +
    'AND l.change_id IS NOT NULL';
  const purge = purgeSql(events, 'happened_at', 'namespace = ? AND ');
  return forDialect(dataSource, {
    read: `SELECT ${READ} FROM ${links} l WHERE l.id = ?`,
    move:
      `UPDATE ${links} SET account_id = ?, linked_at = ?, updated_at = ?, revision = revision + 1, ` +
      `${setAll(CHANGE_COLUMNS)} WHERE id = ? AND account_id = ? AND state = 'active' AND revision = ?`,
    // No user id begins with a blank (R12), and the id is unique: the identity is free, nothing of it stays (R17).
    end:
      `UPDATE ${links} SET state = 'ended', vodapay_user_id = ?, updated_at = ?, ` +
      `revision = revision + 1, ${setAll(CHANGE_COLUMNS)} ` +
      `WHERE id = ? AND account_id = ? AND state = 'active' AND revision = ?`,
    fence: `UPDATE ${links} SET revision = revision + 1 WHERE id = ? AND revision = ? AND state = 'active'`,
    deleteEnded: `DELETE FROM ${links} WHERE id = ? AND state = 'ended'`,
    owingOfAccount: `${owing} AND l.account_id = ? AND l.namespace = ? ORDER BY l.id`,
    // Without the namespace: SQLite would take its index, and read all of it for each page.
    owing: `${owing} AND l.id > ? AND l.id <= ? ORDER BY l.id`,
    endOfPage: `SELECT id FROM ${links} WHERE id > ? ORDER BY id LIMIT 1 OFFSET ?`,
    isTold: `SELECT id FROM ${events} WHERE id = ?`,
    // Copied by the database out of the row that changed: there is no event of a change that did not happen.
    tell: `INSERT INTO ${events} (${EVENT}) SELECT ${COPIED} FROM ${links} WHERE id = ? AND change_id = ?`,
    eventsOfAccount:
      `SELECT ${EVENT} FROM ${events} WHERE namespace = ? AND (account_id = ? OR from_account_id = ?) AND id < ? ` +
      'ORDER BY id DESC LIMIT ?',
    purgeBound: purge.bound,
    purge: purge.remove,
    // COALESCE, or SQLite takes the index of the namespace in the place of the account's.
    forgetAccount: `UPDATE ${events} SET account_id = NULL WHERE account_id = ? AND COALESCE(namespace, '') = ?`,
    forgetFromAccount: `UPDATE ${events} SET from_account_id = NULL WHERE from_account_id = ? AND COALESCE(namespace, '') = ?`,
  });
}
