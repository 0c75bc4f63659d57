import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { byteCollation } from '../../store/byte-collation.js';
import { escapedTable, tablePathOf } from '../../store/sql-text.js';
import { VodaPayAccountHold } from '../change/vodapay-account-hold.entity.js';
import { VodaPayLinkEvent } from '../change/vodapay-link-event.entity.js';
import { VodaPayAccountLink } from '../vodapay-account-link.entity.js';

/**
 * Account ids count in their namespace only: events and holds name it. A hold lasts seconds, so its table is made anew.
 * An event whose link is gone already can't be told any more from one of another namespace: nobody sees it, and it goes
 * with its age.
 */
export class ScopeAccountIds1763856000040 implements MigrationInterface {
  readonly name = 'ScopeAccountIds1763856000040';

  async up(runner: QueryRunner): Promise<void> {
    const events = escapedTable(runner.connection, VodaPayLinkEvent);
    const links = escapedTable(runner.connection, VodaPayAccountLink);
    // What is there already is from a run cut short.
    if (!(await runner.hasColumn(tablePathOf(runner.connection, VodaPayLinkEvent), 'namespace'))) {
      await runner.query(`ALTER TABLE ${events} ADD COLUMN namespace ${namespaceType(runner)}`);
    }
    const ofLink = `SELECT l.namespace FROM ${links} l WHERE l.id = ${events}.link_id`;
    await runner.query(`UPDATE ${events} SET namespace = COALESCE((${ofLink}), '') WHERE namespace = ''`);
    // Unlinked before a process was killed: its namespace had gone with the identity.
    await runner.query(`DELETE FROM ${links} WHERE namespace = '' AND state = 'ended'`);
    await replaceIndex(runner, AGE, AGE_IN_NAMESPACE);
    await remakeHolds(runner, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await remakeHolds(runner, false);
    await replaceIndex(runner, AGE_IN_NAMESPACE, AGE);
    await runner.query(`ALTER TABLE ${escapedTable(runner.connection, VodaPayLinkEvent)} DROP COLUMN namespace`);
  }
}

const AGE = { name: 'ix_vodapay_link_event_happened_at', columns: 'happened_at' };
const AGE_IN_NAMESPACE = { name: 'ix_vodapay_link_event_namespace', columns: 'namespace, happened_at' };

/** Written out: TypeORM's `createIndex` copies the whole table on SQLite. */
async function replaceIndex(runner: QueryRunner, old: typeof AGE, next: typeof AGE): Promise<void> {
  const { options } = runner.connection;
  const events = escapedTable(runner.connection, VodaPayLinkEvent);
  const there = (await runner.getTable(tablePathOf(runner.connection, VodaPayLinkEvent)))?.indices ?? [];
  const has = (name: string): boolean => there.some((index) => index.name === name);
  // PostgreSQL keeps an index in the schema of its table.
  const schema = options.type === 'postgres' ? events.split('.').slice(0, -1) : [];
  const onTable = options.type === 'mariadb' || options.type === 'mysql' ? ` ON ${events}` : '';
  if (has(old.name)) await runner.query(`DROP INDEX ${[...schema, old.name].join('.')}${onTable}`);
  if (!has(next.name)) await runner.query(`CREATE INDEX ${next.name} ON ${events} (${next.columns})`);
}

function namespaceType({ connection }: QueryRunner): string {
  const { charset, collation } = byteCollation(connection.options.type);
  const bytes = charset === undefined ? '' : `CHARACTER SET ${charset} COLLATE ${collation} `;
  return `varchar(160) ${bytes}NOT NULL DEFAULT ''`;
}

async function remakeHolds(runner: QueryRunner, withNamespace: boolean): Promise<void> {
  const bytes = byteCollation(runner.connection.options.type);
  const key = { isPrimary: true, primaryKeyConstraintName: 'pk_vodapay_account_hold', type: 'varchar', ...bytes };
  const holds = tablePathOf(runner.connection, VodaPayAccountHold);
  await runner.dropTable(holds, true);
  await runner.createTable(
    new Table({
      name: holds,
      columns: [
        ...(withNamespace ? [{ ...key, name: 'namespace', length: '160' }] : []),
        { ...key, name: 'account_id', length: '64' },
        { name: 'holder', type: 'varchar', length: '36' },
        { name: 'link_id', type: 'varchar', length: '36', isNullable: true },
        { name: 'link_revision', type: 'integer', isNullable: true },
        { name: 'updated_at', type: 'bigint' },
      ],
    }),
    true,
  );
}
