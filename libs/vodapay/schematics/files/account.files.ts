/** Accounts for an application that has none. */
export const ACCOUNT_ENTITY = `import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An account of this application. VodaPay users are linked to it by the library's own table. */
@Entity('account')
export class Account {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ name: 'display_name', type: 'varchar', length: 256 })
  displayName!: string;
}
`;

export const ACCOUNT_MIGRATION = `import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAccount1763900000000 implements MigrationInterface {
  readonly name = 'CreateAccount1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE account (id varchar(36) NOT NULL PRIMARY KEY, display_name varchar(256) NOT NULL)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE account');
  }
}
`;
