import { describe, expect, it, onTestFinished } from 'vitest';
import { LIBRARY } from '../linking/linking-under-test.js';
import { fillLinks, planOf, userIdOf } from './many-links.js';
import { DATABASE_KINDS, openDatabase, type DatabaseKind } from './open-database.js';

const ONE_INDEX_READ: Readonly<Record<DatabaseKind, RegExp>> = {
  sqlite:
    /^[^\n]*SEARCH vodapay_account_link USING INDEX uq_vodapay_account_link_identity \(namespace=\? AND vodapay_user_id=\?\)$/,
  postgres:
    /^Index Scan using uq_vodapay_account_link_identity on vodapay_account_link \(actual rows=1(\.00)? loops=1\)/,
  mariadb: /^1 \| SIMPLE \| vodapay_account_link \| const \| uq_vodapay_account_link_identity \|.*\| 1 \| [^|]*$/,
  galera: /^1 \| SIMPLE \| vodapay_account_link \| const \| uq_vodapay_account_link_identity \|.*\| 1 \| [^|]*$/,
};

describe.each(DATABASE_KINDS)('a returning login on %s', (kind) => {
  it('I6 is one read of one row by the unique index, among 20,000 links', async () => {
    const { dataSource, close } = await openDatabase(kind, LIBRARY);
    onTestFinished(close);
    await fillLinks(dataSource, 20_000);

    expect(await planOf(dataSource, userIdOf(12_345))).toMatch(ONE_INDEX_READ[kind]);
  });
});

it('returning logins at the same time on PostgreSQL are one read of their rows by the unique index', async () => {
  const { dataSource, close } = await openDatabase('postgres', LIBRARY);
  onTestFinished(close);
  await fillLinks(dataSource, 20_000);

  const plan = await planOf(dataSource, [12_345, 54, 19_999].map(userIdOf));
  expect(plan).toMatch(
    /^Index Scan using uq_vodapay_account_link_identity on vodapay_account_link \(actual rows=3(\.00)? loops=1\)/,
  );
});
