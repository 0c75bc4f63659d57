import { Table, TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

/** The website beside VodaPay: verified e-mails, passwords and browser sessions. */
export class CreateWebsite1763900000001 implements MigrationInterface {
  readonly name = 'CreateWebsite1763900000001';

  async up(runner: QueryRunner): Promise<void> {
    if (!(await runner.hasColumn('account', 'email_verified_at'))) {
      await runner.addColumn(
        'account',
        new TableColumn({ name: 'email_verified_at', type: 'bigint', isNullable: true }),
      );
    }
    await runner.createTable(
      new Table({
        name: 'website_credential',
        columns: [
          { name: 'account_id', type: 'varchar', length: '36', isPrimary: true },
          { name: 'email', type: 'varchar', length: '254' },
          { name: 'password_hash', type: 'varchar', length: '128' },
          { name: 'verification_hash', type: 'varchar', length: '64', isNullable: true },
          { name: 'proven_at', type: 'bigint', isNullable: true },
        ],
        indices: [{ name: 'uq_website_credential_email', columnNames: ['email'], isUnique: true }],
      }),
      true,
    );
    await runner.createTable(
      new Table({
        name: 'website_session',
        columns: [
          { name: 'token_hash', type: 'varchar', length: '64', isPrimary: true },
          { name: 'account_id', type: 'varchar', length: '36' },
          { name: 'expires_at', type: 'bigint' },
        ],
        indices: [{ name: 'ix_website_session_account_id', columnNames: ['account_id'] }],
      }),
      true,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('website_session', true);
    await runner.dropTable('website_credential', true);
    await runner.dropColumn('account', 'email_verified_at');
  }
}
