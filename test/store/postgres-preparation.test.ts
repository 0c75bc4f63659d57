import { expect, it, onTestFinished } from 'vitest';
import { StatementRunner } from '../../libs/vodapay/src/store/statement-runner.js';
import { dataSourceFor } from '../databases/database-url.js';
import { createDatabase } from '../databases/open-database.js';

const DOUBLE = 'SELECT $1::int * 2 AS doubled';
const PREPARED = 'SELECT statement FROM pg_prepared_statements ORDER BY prepare_time DESC LIMIT 1';

async function statementsOn(url: string): Promise<{ readonly statements: StatementRunner; readonly query: Query }> {
  const dataSource = await dataSourceFor(url, { poolSize: 1 }).initialize();
  onTestFinished(() => dataSource.destroy());
  return { statements: new StatementRunner(dataSource), query: (sql) => dataSource.query(sql) };
}

type Query = (sql: string) => Promise<unknown>;

it('a statement is prepared once a connection', async () => {
  const database = await createDatabase('postgres');
  onTestFinished(() => database.drop());
  const { statements, query } = await statementsOn(database.url);

  expect(await statements.read(DOUBLE, [21])).toEqual([{ doubled: 42 }]);
  expect(await statements.read(DOUBLE, [4])).toEqual([{ doubled: 8 }]);

  expect(await query(PREPARED)).toEqual([{ statement: DOUBLE }]);
});

it('a connection whose preparations are gone, as behind a pooler, costs nothing but the preparing', async () => {
  const database = await createDatabase('postgres');
  onTestFinished(() => database.drop());
  const { statements, query } = await statementsOn(database.url);
  await statements.read(DOUBLE, [1]);
  await query('DEALLOCATE ALL');

  expect(await statements.read(DOUBLE, [21])).toEqual([{ doubled: 42 }]);
  expect(await statements.read(DOUBLE, [4])).toEqual([{ doubled: 8 }]);
  expect(await query(PREPARED)).toEqual([]);
});
