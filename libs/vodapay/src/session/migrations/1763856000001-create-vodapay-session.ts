import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { byteCollation } from '../../store/byte-collation.js';
import { tablePathOf } from '../../store/sql-text.js';
import { VodaPaySession } from '../vodapay-session.entity.js';

/** The table of sessions. */
export class CreateVodaPaySession1763856000001 implements MigrationInterface {
  readonly name = 'CreateVodaPaySession1763856000001';

  async up(runner: QueryRunner): Promise<void> {
    const bytes = byteCollation(runner.connection.options.type);
    await runner.createTable(
      new Table({
        name: tablePathOf(runner.connection, VodaPaySession),
        columns: [
          {
            name: 'id',
            type: 'varchar',
            length: '36',
            isPrimary: true,
            primaryKeyConstraintName: 'pk_vodapay_session',
          },
          { name: 'token_hash', type: 'varchar', length: '64' },
          { name: 'link_id', type: 'varchar', length: '36' },
          { name: 'account_id', type: 'varchar', length: '64', ...bytes },
          { name: 'client_id', type: 'varchar', length: '32' },
          { name: 'namespace', type: 'varchar', length: '160', ...bytes },
          { name: 'created_at', type: 'bigint' },
          { name: 'expires_at', type: 'bigint' },
          { name: 'validated_at', type: 'bigint' },
          { name: 'access_token', type: 'text', isNullable: true },
          { name: 'access_token_expires_at', type: 'bigint', isNullable: true },
          { name: 'refresh_token', type: 'text', isNullable: true },
          { name: 'refresh_token_expires_at', type: 'bigint', isNullable: true },
          { name: 'refresh_lease_until', type: 'bigint', isNullable: true },
          { name: 'token_version', type: 'integer' },
        ],
        indices: [
          { name: 'uq_vodapay_session_token_hash', columnNames: ['token_hash'], isUnique: true },
          { name: 'ix_vodapay_session_link_id', columnNames: ['link_id'] },
          { name: 'ix_vodapay_session_account_id', columnNames: ['account_id'] },
          { name: 'ix_vodapay_session_expires_at', columnNames: ['expires_at'] },
        ],
      }),
      true,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(tablePathOf(runner.connection, VodaPaySession), true);
  }
}
