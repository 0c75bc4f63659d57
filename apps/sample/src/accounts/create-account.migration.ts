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
          { name: 'idempotency_key', type: 'varchar', length: '36', isUnique: true },
          { name: 'state', type: 'varchar', length: '16' },
          { name: 'display_name', type: 'varchar', length: '64', isNullable: true },
          { name: 'email', type: 'varchar', length: '254', isNullable: true },
          { name: 'created_at', type: 'bigint' },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('account');
  }
}
