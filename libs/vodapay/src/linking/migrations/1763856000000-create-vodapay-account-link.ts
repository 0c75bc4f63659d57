import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { byteCollation } from '../../store/byte-collation.js';
import { tablePathOf } from '../../store/sql-text.js';
import { VodaPayAccountLink } from '../vodapay-account-link.entity.js';

/** The table of links between accounts and VodaPay users. */
export class CreateVodaPayAccountLink1763856000000 implements MigrationInterface {
  readonly name = 'CreateVodaPayAccountLink1763856000000';

  async up(runner: QueryRunner): Promise<void> {
    const bytes = byteCollation(runner.connection.options.type);
    await runner.createTable(
      new Table({
        name: tablePathOf(runner.connection, VodaPayAccountLink),
        columns: [
          {
            name: 'id',
            type: 'varchar',
            length: '36',
            isPrimary: true,
            primaryKeyConstraintName: 'pk_vodapay_account_link',
          },
          { name: 'namespace', type: 'varchar', length: '160', ...bytes },
          { name: 'client_id', type: 'varchar', length: '32' },
          { name: 'vodapay_user_id', type: 'varchar', length: '64', ...bytes },
          { name: 'account_id', type: 'varchar', length: '64', isNullable: true, ...bytes },
          { name: 'state', type: 'varchar', length: '16' },
          { name: 'linked_at', type: 'bigint', isNullable: true },
          { name: 'updated_at', type: 'bigint' },
        ],
        indices: [
          {
            name: 'uq_vodapay_account_link_identity',
            columnNames: ['namespace', 'vodapay_user_id'],
            isUnique: true,
          },
          { name: 'ix_vodapay_account_link_account_id', columnNames: ['account_id'] },
        ],
      }),
      true,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(tablePathOf(runner.connection, VodaPayAccountLink), true);
  }
}
