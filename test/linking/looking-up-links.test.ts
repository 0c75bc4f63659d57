import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { statementCounter } from '../databases/statement-counter.js';
import { DATABASE_KINDS, openDatabase, type OpenDatabase } from '../databases/open-database.js';
import { VodaPayAccountLinkRepository } from '../../libs/vodapay/src/linking/vodapay-account-link.repository.js';
import { fillLinks, NAMESPACE, userIdOf } from '../databases/many-links.js';
import { LIBRARY } from './linking-under-test.js';

const STORED = 40;
const identity = (userId: string, namespace = NAMESPACE) => ({ namespace, userId });

describe.each(DATABASE_KINDS)('Links that are looked up at the same time, on %s:', (kind) => {
  const counter = statementCounter();
  let database: OpenDatabase;
  let links: VodaPayAccountLinkRepository;
  beforeAll(async () => {
    database = await openDatabase(kind, LIBRARY);
    await fillLinks(database.dataSource, STORED);
    database.dataSource.setOptions({ logger: counter.logger });
    links = new VodaPayAccountLinkRepository(database.dataSource);
  });
  afterAll(() => database.close());

  it('each caller gets the link of her user, as one who asks alone, and nobody gets another one', async () => {
    // Some come twice, and every fourth has no link.
    const users = Array.from({ length: STORED + 20 }, (_, index) =>
      index % 4 === 3 ? `no-${index}` : userIdOf(index + 1),
    );
    const asked = [...users, ...users.slice(0, 10)];
    const alone: unknown[] = [];
    for (const userId of asked) alone.push(await links.findByIdentity(identity(userId)));

    const together = await Promise.all(asked.map((userId) => links.findByIdentity(identity(userId))));

    expect(together).toEqual(alone);
    expect(together.slice(0, 3).map((link) => link?.vodapayUserId)).toEqual([1, 2, 3].map(userIdOf));
    expect(together[3]).toBeUndefined();
  });

  it('R14 the same user id in another namespace is another user', async () => {
    const found = await Promise.all([
      links.findByIdentity(identity(userIdOf(1))),
      links.findByIdentity(identity(userIdOf(1), 'production:2021072719000000000002')),
      links.findByIdentity(identity(userIdOf(2))),
    ]);
    expect(found.map((link) => link?.vodapayUserId)).toEqual([userIdOf(1), undefined, userIdOf(2)]);
  });

  it('user ids are compared as bytes, and what a list is written with in a statement separates nothing', async () => {
    const odd = ['a,b', '{a}', '"a"', 'a\\', "a'", 'NULL', ' a', 'A', 'é', ''];
    const found = await Promise.all([...odd, userIdOf(5)].map((userId) => links.findByIdentity(identity(userId))));
    expect(found.map((link) => link?.vodapayUserId)).toEqual([...odd.map(() => undefined), userIdOf(5)]);
  });

  it('one statement is sent for all of a turn of the event loop where the database takes lists', async () => {
    const users = Array.from({ length: 20 }, (_, index) => userIdOf(index + 1));
    const sent = await counter.during(() => Promise.all(users.map((userId) => links.findByIdentity(identity(userId)))));
    expect(sent).toHaveLength(kind === 'postgres' ? 1 : users.length);
  });

  it('are answered while time stands still in a test', async () => {
    vi.useFakeTimers({ toFake: ['setImmediate', 'setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    await expect(links.findByIdentity(identity(userIdOf(6)))).resolves.toMatchObject({ vodapayUserId: userIdOf(6) });
  });

  it('a failure of the database itself is told to all of them and asks nothing again', async () => {
    const other = await database.openAnother();
    const lost = new VodaPayAccountLinkRepository(other);
    const users = [1, 2, 3].map(userIdOf);
    const asked = Promise.allSettled(users.map((userId) => lost.findByIdentity(identity(userId))));
    await other.destroy();
    const answers = await asked;
    // Answered, where the statement was out already; else told.
    for (const answer of answers) {
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'VODAPAY_STORE_UNAVAILABLE' });
      else expect(answer.value).toMatchObject({ state: 'active' });
    }
    expect(new Set(answers.map(({ status }) => status)).size).toBe(1);
  });

  it('a value that the database refuses fails its own caller only', async () => {
    const [refused, found] = await Promise.allSettled([
      links.findByIdentity(identity(kind === 'postgres' ? 'with \u0000' : 'nobody')),
      links.findByIdentity(identity(userIdOf(7))),
    ]);
    expect(found).toMatchObject({ status: 'fulfilled', value: { vodapayUserId: userIdOf(7) } });
    expect(refused.status).toBe(kind === 'postgres' ? 'rejected' : 'fulfilled');
  });
});
