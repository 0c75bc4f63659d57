/** The table that remembers which idempotency key got which account, for accounts whose ids the database makes. */
export const ACCOUNT_KEY_ENTITY = `import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Which account the library's key got. */
@Entity('vodapay_account_key')
export class VodaPayAccountKey {
  @PrimaryColumn({ name: 'idempotency_key', type: 'varchar', length: 36 })
  key!: string;

  @Column({ name: 'account_id', type: 'varchar', length: 64 })
  accountId!: string;
}
`;

export const ACCOUNT_KEY_MIGRATION = `import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateVodaPayAccountKey1763900000001 implements MigrationInterface {
  readonly name = 'CreateVodaPayAccountKey1763900000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE vodapay_account_key (idempotency_key varchar(36) NOT NULL PRIMARY KEY, account_id varchar(64) NOT NULL)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE vodapay_account_key');
  }
}
`;
