import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { tablePathOf } from '../../store/sql-text.js';
import { VodaPaySession } from '../vodapay-session.entity.js';

/** When a session was last used: for its idle end. */
export class AddVodaPaySessionLastSeen1763856000002 implements MigrationInterface {
  readonly name = 'AddVodaPaySessionLastSeen1763856000002';

  async up(runner: QueryRunner): Promise<void> {
    const table = tablePathOf(runner.connection, VodaPaySession);
    await runner.addColumn(table, new TableColumn({ name: 'last_seen_at', type: 'bigint', isNullable: true }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn(tablePathOf(runner.connection, VodaPaySession), 'last_seen_at');
  }
}
