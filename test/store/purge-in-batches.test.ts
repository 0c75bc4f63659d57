import { describe, expect, it, onTestFinished } from 'vitest';
import { purgeInBatches, purgeSql } from '../../libs/vodapay/src/store/purge-in-batches.js';
import { forDialect } from '../../libs/vodapay/src/store/sql-text.js';
import { StatementRunner } from '../../libs/vodapay/src/store/statement-runner.js';
import { DATABASE_KINDS, openDatabase } from '../databases/open-database.js';

describe.each(DATABASE_KINDS)('rows past their time on %s', (kind) => {
  it('go in small statements, whoever they belong to stays apart, and what is not due stays', async () => {
    const { dataSource, close } = await openDatabase(kind, {});
    onTestFinished(close);
    await dataSource.query('CREATE TABLE due (owner varchar(1), due_at bigint)');
    const rows = Array.from({ length: 1_300 }, (_, n) => `('a', ${n}), ('b', ${n})`);
    await dataSource.query(`INSERT INTO due VALUES ${rows.join(', ')}`);
    const statements = new StatementRunner(dataSource);
    const removed: number[] = [];
    const counting = {
      read: statements.read.bind(statements),
      remove: async (...args: Parameters<StatementRunner['remove']>) => {
        const count = await statements.remove(...args);
        removed.push(count);
        return count;
      },
    };

    const { bound, remove } = purgeSql('due', 'due_at', 'owner = ? AND ');
    const purged = await purgeInBatches(counting, forDialect(dataSource, { bound, remove }), ['a'], 1_200);

    expect({ purged, removed }).toEqual({ purged: 1_201, removed: [500, 500, 201] });
    const left: unknown = await dataSource.query('SELECT count(*) AS n FROM due');
    expect(Number((left as readonly { n: string | number }[])[0]?.n)).toBe(1_399);
  });
});
