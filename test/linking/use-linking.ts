import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { openDatabase, type DatabaseKind, type OpenDatabase } from '../databases/open-database.js';
import { statementCounter } from '../databases/statement-counter.js';
import { LIBRARY, linkingOn, type LinkingUnderTest } from './linking-under-test.js';
import { MemoryAccounts } from './memory-accounts.js';
import { MerchantAccounts } from './merchant-accounts.js';

/** What a contract's tests find anew before each of them; the database stays, its tables are emptied. */
export interface ContractFixture {
  database: OpenDatabase;
  dataSource: DataSource;
  accounts: MemoryAccounts;
  linking: LinkingUnderTest;
  readonly counter: ReturnType<typeof statementCounter>;
}

const TABLES = [
  'vodapay_account_link',
  'vodapay_link_event',
  'vodapay_account_hold',
  'vodapay_session',
  'merchant_account',
  'merchant_create_call',
];

/** Opens a database for the surrounding `describe`. */
export function useLinking(kind: DatabaseKind): ContractFixture {
  const fixture = { counter: statementCounter() } as ContractFixture;

  beforeAll(async () => {
    fixture.database = await openDatabase(kind, { ...LIBRARY, logger: fixture.counter.logger });
    fixture.dataSource = fixture.database.dataSource;
    await MerchantAccounts.makeTables(fixture.dataSource);
  });

  beforeEach(async () => {
    for (const table of TABLES) {
      await fixture.dataSource.query(`DELETE FROM ${table}`);
    }
    fixture.accounts = new MemoryAccounts();
    fixture.linking = linkingOn(fixture.dataSource, fixture.accounts);
  });

  afterAll(() => fixture.database.close());
  return fixture;
}
