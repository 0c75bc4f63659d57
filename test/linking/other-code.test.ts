import type { DataSource } from 'typeorm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { VodaPayError } from '../../libs/vodapay/src/errors/vodapay-error.js';
import { DATABASE_KINDS, openDatabase, type DatabaseKind } from '../databases/open-database.js';
import { LIBRARY, linkingOn, storedLinks, type LinkingUnderTest } from './linking-under-test.js';
import { MemoryAccounts } from './memory-accounts.js';

describe.each(DATABASE_KINDS)('beside other code of the same process, on %s', (kind) => {
  it('I3 1,000 logins with failing creates lose none of the rows that the other code commits', async () => {
    const dataSource = await openWithNotes(kind);
    const accounts = new MemoryAccounts();
    accounts.onCreate = () => Promise.reject(new Error('no account'));
    const { login } = linkingOn(dataSource, accounts);

    const [logins] = await Promise.all([
      failingLogins(login, 1_000),
      writeNotes(dataSource, 500),
      commitNotesInTransactions(dataSource, 250),
    ]);

    expect(new Set(logins)).toEqual(new Set(['VODAPAY_ACCOUNT_DIRECTORY_FAILED']));
    expect(logins).toHaveLength(1_000);
    expect(await countNotes(dataSource)).toBe(500 + 2 * 250);
  });

  it('I3 no acknowledged link vanishes with a transaction that the other code rolls back', async () => {
    const dataSource = await openWithNotes(kind);
    const { login } = linkingOn(dataSource, new MemoryAccounts());
    const stop = new AbortController();
    const rollingBack = (async () => {
      while (!stop.signal.aborted) await rollBackANote(dataSource);
    })();

    for (let round = 0; round < 20; round += 1) {
      await Promise.all(Array.from({ length: 10 }, (_, index) => login(`user-${round}-${index}`)));
    }
    stop.abort();
    await rollingBack;

    const links = await storedLinks(dataSource);
    expect(links).toHaveLength(200);
    expect(links.every(({ state }) => state === 'active')).toBe(true);
    expect(await countNotes(dataSource)).toBe(0);
  });
});

async function openWithNotes(kind: DatabaseKind): Promise<DataSource> {
  const { dataSource, close } = await openDatabase(kind, LIBRARY);
  onTestFinished(close);
  await dataSource.query('CREATE TABLE note (body varchar(20))');
  return dataSource;
}

async function writeNotes(dataSource: DataSource, count: number): Promise<void> {
  for (let note = 0; note < count; note += 1) {
    await dataSource.query("INSERT INTO note VALUES ('kept')");
    await nextTurn();
  }
}

/** Two rows in each transaction, with the logins' statements in between. */
async function commitNotesInTransactions(dataSource: DataSource, count: number): Promise<void> {
  for (let transaction = 0; transaction < count; transaction += 1) {
    await dataSource.transaction(async (manager) => {
      await manager.query("INSERT INTO note VALUES ('first')");
      await nextTurn();
      await manager.query("INSERT INTO note VALUES ('second')");
    });
    await nextTurn();
  }
}

/** The codes of so many refusals, 50 logins at a time. */
async function failingLogins(login: LinkingUnderTest['login'], count: number): Promise<readonly string[]> {
  const codes: string[] = [];
  let users = 0;
  const loop = async (): Promise<void> => {
    while (users < count) {
      const refusal: unknown = await login(`user-${users++}`).catch((error: unknown) => error);
      codes.push(refusal instanceof VodaPayError ? refusal.code : 'no refusal');
    }
  };
  await Promise.all(Array.from({ length: 50 }, () => loop()));
  return codes;
}

async function rollBackANote(dataSource: DataSource): Promise<void> {
  await dataSource
    .transaction(async (manager) => {
      await manager.query("INSERT INTO note VALUES ('dropped')");
      await nextTurn();
      throw new Error('changed my mind');
    })
    .catch(() => undefined);
  await nextTurn();
}

async function countNotes(dataSource: DataSource): Promise<number> {
  const [row] = (await dataSource.query('SELECT count(*) AS notes FROM note')) as [{ notes: string | number }];
  return Number(row.notes);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
