import { Table, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm';
import { byteCollation } from '../../store/byte-collation.js';
import { tablePathOf } from '../../store/sql-text.js';
import { VodaPayLinkAttempt } from '../proof/link-attempt.entity.js';
import { VodaPayLinkCode } from '../proof/link-code.entity.js';
import { VodaPayLinkTicket } from '../proof/link-ticket.entity.js';

/** The tables of pending links: tickets, link codes, and the slots that limit tries and sends. */
export class CreateVodaPayLinkProof1763856000010 implements MigrationInterface {
  readonly name = 'CreateVodaPayLinkProof1763856000010';

  async up(runner: QueryRunner): Promise<void> {
    const bytes = byteCollation(runner.connection.options.type);
    const namespace = { name: 'namespace', type: 'varchar', length: '160', ...bytes };
    const accountId = { name: 'account_id', type: 'varchar', length: '64', ...bytes };
    const hash = (name: string): TableColumnOptions => ({ name, type: 'varchar', length: '64' });
    const keyOf = (table: string) => ({ isPrimary: true, primaryKeyConstraintName: `pk_vodapay_link_${table}` });
    await runner.createTable(
      new Table({
        name: tablePathOf(runner.connection, VodaPayLinkTicket),
        columns: [
          { name: 'id', type: 'varchar', length: '36', ...keyOf('ticket') },
          namespace,
          { name: 'vodapay_user_id', type: 'varchar', length: '64', ...bytes },
          { name: 'client_id', type: 'varchar', length: '32' },
          hash('token_hash'),
          { name: 'purpose', type: 'varchar', length: '16' },
          { name: 'state', type: 'varchar', length: '16' },
          { ...accountId, isNullable: true },
          { ...hash('code_hash'), isNullable: true },
          { name: 'requested_at', type: 'bigint', isNullable: true },
          { name: 'expires_at', type: 'bigint' },
          { name: 'sealed', type: 'text' },
        ],
        indices: [
          { name: 'uq_vodapay_link_ticket_identity', columnNames: ['namespace', 'vodapay_user_id'], isUnique: true },
          { name: 'uq_vodapay_link_ticket_token_hash', columnNames: ['token_hash'], isUnique: true },
          { name: 'ix_vodapay_link_ticket_account_id', columnNames: ['account_id'] },
          { name: 'ix_vodapay_link_ticket_expires_at', columnNames: ['expires_at'] },
        ],
      }),
      true,
    );
    await runner.createTable(
      new Table({
        name: tablePathOf(runner.connection, VodaPayLinkAttempt),
        columns: [
          { ...hash('scope_hash'), ...keyOf('attempt') },
          { name: 'slot', type: 'integer', ...keyOf('attempt') },
          { name: 'expires_at', type: 'bigint' },
        ],
        indices: [{ name: 'ix_vodapay_link_attempt_expires_at', columnNames: ['expires_at'] }],
      }),
      true,
    );
    await runner.createTable(
      new Table({
        name: tablePathOf(runner.connection, VodaPayLinkCode),
        columns: [
          { ...namespace, ...keyOf('code') },
          { ...accountId, ...keyOf('code') },
          hash('code_hash'),
          { name: 'expires_at', type: 'bigint' },
        ],
        indices: [
          { name: 'uq_vodapay_link_code_code_hash', columnNames: ['code_hash'], isUnique: true },
          { name: 'ix_vodapay_link_code_expires_at', columnNames: ['expires_at'] },
        ],
      }),
      true,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const entity of [VodaPayLinkCode, VodaPayLinkAttempt, VodaPayLinkTicket]) {
      await runner.dropTable(tablePathOf(runner.connection, entity), true);
    }
  }
}
