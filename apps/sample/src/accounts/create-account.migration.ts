import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** The sample's own table; the library brings its own migrations. */
export class CreateAccount1763900000000 implements MigrationInterface {
  readonly name = 'CreateAccount1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'account',
        columns: [
          { name: 'id', type: 'varchar', length: '36', isPrimary: true },
          { name: 'idempotency_key', type: 'varchar', length: '36' },
          { name: 'state', type: 'varchar', length: '16' },
          { name: 'display_name', type: 'varchar', length: '64', isNullable: true },
          { name: 'email', type: 'varchar', length: '254', isNullable: true },
          { name: 'created_at', type: 'bigint' },
        ],
        // Named: MariaDB would find another name than TypeORM's own, and the table would never look up to date.
        indices: [{ name: 'uq_account_idempotency_key', columnNames: ['idempotency_key'], isUnique: true }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('account');
  }
}
