import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { tablePathOf } from '../../store/sql-text.js';
import { VodaPaySession } from '../vodapay-session.entity.js';

/** Which scopes' data VodaPay released for a session: for `@RequireScopes()`. */
export class AddVodaPaySessionScopes1763856000030 implements MigrationInterface {
  readonly name = 'AddVodaPaySessionScopes1763856000030';

  async up(runner: QueryRunner): Promise<void> {
    const table = tablePathOf(runner.connection, VodaPaySession);
    await runner.addColumn(table, new TableColumn({ name: 'released_scopes', type: 'integer', isNullable: true }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn(tablePathOf(runner.connection, VodaPaySession), 'released_scopes');
  }
}
