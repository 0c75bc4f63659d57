import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { byteCollation } from '../../store/byte-collation.js';
import { escapedTable, tablePathOf } from '../../store/sql-text.js';
import { VodaPayAccountHold } from '../change/vodapay-account-hold.entity.js';
import { VodaPayLinkEvent } from '../change/vodapay-link-event.entity.js';
import { VodaPayAccountLink } from '../vodapay-account-link.entity.js';

/** The log of links, what a link's row tells of its last change, and the holds on accounts. */
export class CreateVodaPayLinkEvent1763856000020 implements MigrationInterface {
  readonly name = 'CreateVodaPayLinkEvent1763856000020';

  async up(runner: QueryRunner): Promise<void> {
    const bytes = byteCollation(runner.connection.options.type);
    await addChangeColumns(runner, bytes);
    await runner.createTable(
      new Table({
        name: tablePathOf(runner.connection, VodaPayLinkEvent),
        columns: [
          key('id', '36', 'pk_vodapay_link_event'),
          { name: 'happened_at', type: 'bigint' },
          { name: 'kind', type: 'varchar', length: '16' },
          { name: 'actor', type: 'varchar', length: '16' },
          { name: 'reason', type: 'varchar', length: '32' },
          { name: 'policy', type: 'varchar', length: '16' },
          { name: 'link_id', type: 'varchar', length: '36' },
          { name: 'account_id', type: 'varchar', length: '64', isNullable: true, ...bytes },
          { name: 'from_account_id', type: 'varchar', length: '64', isNullable: true, ...bytes },
          { name: 'identity_hash', type: 'varchar', length: '64' },
        ],
        indices: [
          { name: 'ix_vodapay_link_event_account_id', columnNames: ['account_id', 'id'] },
          { name: 'ix_vodapay_link_event_from_account_id', columnNames: ['from_account_id', 'id'] },
          { name: 'ix_vodapay_link_event_happened_at', columnNames: ['happened_at'] },
        ],
      }),
      true,
    );
    await runner.createTable(
      new Table({
        name: tablePathOf(runner.connection, VodaPayAccountHold),
        columns: [
          { ...key('account_id', '64', 'pk_vodapay_account_hold'), ...bytes },
          { name: 'holder', type: 'varchar', length: '36' },
          { name: 'link_id', type: 'varchar', length: '36', isNullable: true },
          { name: 'link_revision', type: 'integer', isNullable: true },
          { name: 'updated_at', type: 'bigint' },
        ],
      }),
      true,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(tablePathOf(runner.connection, VodaPayAccountHold), true);
    await runner.dropTable(tablePathOf(runner.connection, VodaPayLinkEvent), true);
    const table = escapedTable(runner.connection, VodaPayAccountLink);
    // An ended link has no identity any more: to the tables before this migration it never was.
    await runner.query(`DELETE FROM ${table} WHERE state = 'ended'`);
    for (const { name } of changeColumns({})) await runner.query(`ALTER TABLE ${table} DROP COLUMN ${name}`);
  }
}

function key(name: string, length: string, primaryKeyConstraintName: string) {
  return { name, type: 'varchar', length, isPrimary: true, primaryKeyConstraintName };
}

type Collation = ReturnType<typeof byteCollation>;

function changeColumns({ charset, collation }: Collation) {
  const bytes = charset === undefined ? '' : ` CHARACTER SET ${charset} COLLATE ${collation}`;
  return [
    { name: 'revision', type: 'integer NOT NULL DEFAULT 0' },
    { name: 'change_id', type: 'varchar(36)' },
    { name: 'change_kind', type: 'varchar(16)' },
    { name: 'change_actor', type: 'varchar(16)' },
    { name: 'change_reason', type: 'varchar(32)' },
    { name: 'change_policy', type: 'varchar(16)' },
    { name: 'change_from_account_id', type: `varchar(64)${bytes}` },
    { name: 'identity_hash', type: 'varchar(64)' },
  ];
}

/** Written out: TypeORM's `addColumn` copies the whole table on SQLite. What is there already is from a run cut short. */
async function addChangeColumns(runner: QueryRunner, bytes: Collation): Promise<void> {
  const path = tablePathOf(runner.connection, VodaPayAccountLink);
  const table = escapedTable(runner.connection, VodaPayAccountLink);
  for (const { name, type } of changeColumns(bytes)) {
    if (!(await runner.hasColumn(path, name))) await runner.query(`ALTER TABLE ${table} ADD COLUMN ${name} ${type}`);
  }
}
