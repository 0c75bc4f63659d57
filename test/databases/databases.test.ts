import { describe, expect, it, onTestFinished } from 'vitest';
import { VODAPAY_ENTITIES } from '../../libs/vodapay/src/vodapay.entities.js';
import { VODAPAY_MIGRATIONS } from '../../libs/vodapay/src/vodapay.migrations.js';
import { runProgram } from '../programs/run-program.js';
import { DATABASE_KINDS, createDatabase, openDatabase } from './open-database.js';

const LIBRARY = { entities: [...VODAPAY_ENTITIES], migrations: [...VODAPAY_MIGRATIONS] };

describe.each(DATABASE_KINDS)('the migrations on %s', (kind) => {
  it('leave nothing that the entities would still change', async () => {
    const { dataSource, close } = await openDatabase(kind, LIBRARY);
    onTestFinished(close);

    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();

    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('follow the entity prefix of the data source, with no drift either', async () => {
    const { dataSource, close } = await openDatabase(kind, { ...LIBRARY, entityPrefix: 'shop_' });
    onTestFinished(close);

    expect(dataSource.entityMetadatas.map(({ tablePath }) => tablePath)).toContain('shop_vodapay_account_link');
    expect((await dataSource.driver.createSchemaBuilder().log()).upQueries).toEqual([]);
  });

  it('go back to an empty database', async () => {
    const { dataSource, close } = await openDatabase(kind, LIBRARY);
    onTestFinished(close);

    for (const _ of VODAPAY_MIGRATIONS) await dataSource.undoLastMigration();

    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.filter(({ query }) => query.startsWith('CREATE TABLE'))).toHaveLength(VODAPAY_ENTITIES.length);
  });

  it('run in two processes at once, and both come up', async () => {
    const { url, drop } = await createDatabase(kind);
    onTestFinished(drop);

    const runs = await Promise.all([1, 2].map(() => runProgram('migrate', { url })));

    expect(runs.map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toEqual([
      { exitCode: 0, stderr: '' },
      { exitCode: 0, stderr: '' },
    ]);
  });
});
