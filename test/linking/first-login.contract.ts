import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { VodaPayError } from '../../libs/vodapay/src/errors/vodapay-error.js';
import { dataSourceFor } from '../databases/database-url.js';
import { openDatabase, type DatabaseKind } from '../databases/open-database.js';
import { captureLogs } from '../inquiry/captured-logs.js';
import { gate } from './gate.js';
import { LIBRARY, linkingOn, loginOf, storedLinks } from './linking-under-test.js';
import { MerchantAccounts } from './merchant-accounts.js';
import { useLinking } from './use-linking.js';

/** How a first login ends when something goes another way, whatever the database. */
export function firstLoginContract(kind: DatabaseKind): void {
  const fixture = useLinking(kind);

  describe('when create makes no account', () => {
    it('a conflict refuses the login, tells its words to the operator and not to the client, and leaves no row', async () => {
      const { dataSource, accounts, linking } = fixture;
      accounts.onCreate = async () => ({ conflict: 'the merchant knows why' });
      const logs = captureLogs();
      onTestFinished(logs.release);

      const error = await linking.login('user-1').catch((thrown: unknown) => thrown);

      expect(error).toMatchObject({ code: 'VODAPAY_ACCOUNT_EXISTS', status: 409 });
      expect(inspect(error)).not.toContain('the merchant knows why');
      expect(logs.lines).toContainEqual(expect.stringMatching(/^warn .*conflict.* words="the merchant knows why"/));
      expect(await storedLinks(dataSource)).toEqual([]);
    });

    it('an error refuses the login with its cause; the next login goes on at once under the same key', async () => {
      const { accounts, linking } = fixture;
      const failure = new Error('mail server down');
      const succeed = accounts.onCreate;
      accounts.onCreate = () => Promise.reject(failure);
      await expect(linking.login('user-1')).rejects.toMatchObject({
        code: 'VODAPAY_ACCOUNT_DIRECTORY_FAILED',
        cause: failure,
      });
      accounts.onCreate = succeed;
      const startedAt = performance.now();

      const { outcome } = await linking.login('user-1');

      expect(outcome).toBe('created');
      expect(performance.now() - startedAt).toBeLessThan(1_000);
      expect(new Set(accounts.keys).size).toBe(1);
    });

    it('a VodaPayError of the directory passes as it is', async () => {
      const { accounts, linking } = fixture;
      const refusal = new VodaPayError('VODAPAY_PROFILE_INCOMPLETE');
      accounts.onCreate = () => Promise.reject(refusal);

      await expect(linking.login('user-1')).rejects.toBe(refusal);
    });

    it('a directory that throws before it returns a promise is a failing one', async () => {
      const { accounts, linking } = fixture;
      accounts.onCreate = () => {
        throw new TypeError('no such column');
      };

      await expect(linking.login('user-1')).rejects.toMatchObject({ code: 'VODAPAY_ACCOUNT_DIRECTORY_FAILED' });
    });

    it('a lost database connection is 503', async () => {
      const { accounts, linking } = fixture;
      accounts.onCreate = () => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));

      await expect(linking.login('user-1')).rejects.toMatchObject({ code: 'VODAPAY_STORE_UNAVAILABLE', status: 503 });
    });

    it('a deadlock or a serialisation failure of it is repeated under the same key (I5)', async () => {
      const { accounts, linking } = fixture;
      const succeed = accounts.onCreate;
      const failures = ['40P01', '40001'].map((code) => Object.assign(new Error('try again'), { code }));
      accounts.onCreate = (profile, key) => {
        const failure = failures.pop();
        return failure === undefined ? succeed(profile, key) : Promise.reject(failure);
      };

      expect((await linking.login('user-1')).outcome).toBe('created');
      expect(accounts.keys).toHaveLength(3);
      expect(new Set(accounts.keys).size).toBe(1);
    });
  });

  describe('a reservation of another server', () => {
    it('is waited for while its owner lives, however slow its create is', async () => {
      const { database, accounts, linking } = fixture;
      const other = linkingOn(await database.openAnother(), accounts);
      const { opened: slow, open: finish } = gate();
      const create = accounts.onCreate;
      accounts.onCreate = (profile, key) => slow.then(() => create(profile, key));
      const winner = linking.login('user-1');
      await until(async () => accounts.keys.length === 1);
      const waiter = other.login('user-1');
      setTimeout(finish, 3_500);

      const [won, waited] = await Promise.all([winner, waiter]);

      expect(won.outcome).toBe('created');
      expect(waited).toEqual({ ...won, outcome: 'existing' });
      expect(accounts.keys).toHaveLength(1);
    });

    it('I2 is continued under its key within four seconds when its owner has died', async () => {
      const { accounts, linking } = fixture;
      const id = '01920000-0000-7000-8000-000000000001';
      await linking.links.reserve({ id, ...loginOf('user-1'), now: Date.now() });
      const startedAt = performance.now();

      const { outcome, link } = await linking.login('user-1');

      expect({ outcome, id: link.id }).toEqual({ outcome: 'created', id });
      expect(accounts.keys).toEqual([id]);
      const waitedMs = performance.now() - startedAt;
      expect(waitedMs).toBeGreaterThanOrEqual(2_500);
      expect(waitedMs).toBeLessThan(4_000);
    });

    it('is continued at once when its stamp is more than a minute old', async () => {
      const { linking } = fixture;
      const id = '01920000-0000-7000-8000-000000000002';
      await linking.links.reserve({ id, ...loginOf('user-1'), now: Date.now() - 61_000 });
      const startedAt = performance.now();

      expect((await linking.login('user-1')).link.id).toBe(id);
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    });

    it('is continued by one of many waiters, and the others get its account', async () => {
      const { database, accounts, linking } = fixture;
      const id = '01920000-0000-7000-8000-000000000003';
      await linking.links.reserve({ id, ...loginOf('user-1'), now: Date.now() });
      const servers = [linking, linkingOn(await database.openAnother(), accounts)];

      const logins = await Promise.all(servers.flatMap(({ login }) => [1, 2, 3].map(() => login('user-1'))));

      expect(new Set(logins.map(({ link }) => link.accountId)).size).toBe(1);
      expect(accounts.keys).toEqual([id]);
    });

    it('is taken over by one only, even when all clocks stand still', async () => {
      const { linking } = fixture;
      const id = '01920000-0000-7000-8000-000000000004';
      const now = Date.now();
      await linking.links.reserve({ id, ...loginOf('user-1'), now });

      const taken = await Promise.all(Array.from({ length: 20 }, () => linking.links.takeOver(id, now, now)));

      expect(taken.filter((stamp) => stamp !== undefined)).toHaveLength(1);
    });

    it('that was taken over meanwhile keeps the account that is stored', async () => {
      const { accounts, linking } = fixture;
      const { opened: slow, open: finish } = gate();
      accounts.onCreate = () => slow.then(() => ({ id: accounts.add('from-the-slow-one') }));
      const late = linking.login('user-1');
      await until(async () => accounts.keys.length === 1);
      const reserved = await linking.links.findByIdentity(loginOf('user-1'));
      const linked = { kind: 'linked', actor: 'user', reason: 'first-login' } as const;
      const change = linking.changes.journal.plan(linked, loginOf('user-1'));
      await linking.links.activate(reserved?.id ?? '', accounts.add('from-the-fast-one'), change);
      finish();

      expect(await late).toMatchObject({ outcome: 'existing', link: { accountId: 'from-the-fast-one' } });
    });

    it('that somebody deleted meanwhile is restored: the account that was made is linked', async () => {
      const { dataSource, accounts, linking } = fixture;
      const create = accounts.onCreate;
      accounts.onCreate = async (profile, key) => {
        await linking.links.remove(key);
        return create(profile, key);
      };

      const { outcome, link } = await linking.login('user-1');

      expect(outcome).toBe('created');
      expect(await storedLinks(dataSource)).toMatchObject([
        { id: link.id, account_id: link.accountId, state: 'active' },
      ]);
    });
  });

  it('holds no connection while create runs: a pool of one serves 20 first logins of 10 users', async () => {
    const { database } = fixture;
    const small = await dataSourceFor(database.url, { ...LIBRARY, poolSize: 1 }).initialize();
    onTestFinished(() => small.destroy());
    const { login } = linkingOn(small, new MerchantAccounts(small));

    const logins = await Promise.all(Array.from({ length: 20 }, (_, index) => login(`user-${index % 10}`)));

    expect(new Set(logins.map(({ link }) => link.accountId)).size).toBe(10);
  });

  describe('a caller that gives up', () => {
    it('stops waiting; the first login still ends well', async () => {
      const { accounts, linking } = fixture;
      const { opened: slow, open: finish } = gate();
      const create = accounts.onCreate;
      accounts.onCreate = (profile, key) => slow.then(() => create(profile, key));
      const caller = new AbortController();
      const login = linking.login('user-1', { signal: caller.signal });
      await until(async () => accounts.keys.length === 1);
      caller.abort();
      await expect(login).rejects.toMatchObject({ code: 'VODAPAY_REQUEST_ABORTED' });
      finish();

      expect((await linking.login('user-1')).outcome).toBe('existing');
      expect(accounts.keys).toHaveLength(1);
    });
  });

  describe('account ids', () => {
    it.each([
      ['empty', ''],
      ['longer than 64 characters', 'x'.repeat(65)],
      ['with control characters', 'a\u0000b'],
      ['not a safe integer', 1.5],
      ['a number without parseId', 42],
      ['null', null],
    ])('that are %s are refused', async (_, id) => {
      const { accounts, linking } = fixture;
      accounts.onCreate = async () => ({ id: id as string });

      await expect(linking.login('user-1')).rejects.toMatchObject({ code: 'VODAPAY_ACCOUNT_DIRECTORY_FAILED' });
    });

    it('that are numbers come back to the directory as numbers', async () => {
      const { dataSource } = fixture;
      const asked: unknown[] = [];
      const numbers = {
        create: async () => ({ id: 42 }),
        find: async (id: number) => {
          asked.push(id);
          return { state: 'active' as const, missing: [] };
        },
        parseId: Number,
      };
      const { login } = linkingOn(dataSource, numbers);

      expect((await login('user-1')).link.accountId).toBe('42');
      await login('user-1');

      expect(asked).toEqual([42, 42]);
    });
  });

  describe('when the database fails', () => {
    it('and cannot be reached, the login is 503', async () => {
      const { accounts } = fixture;
      const closed = await openDatabase(kind, LIBRARY);
      onTestFinished(closed.close);
      const { login } = linkingOn(closed.dataSource, accounts);
      await closed.dataSource.destroy();

      await expect(login('user-1')).rejects.toMatchObject({ code: 'VODAPAY_STORE_UNAVAILABLE', status: 503 });
    });

    it('R19 and refuses a statement, the error holds neither user id nor statement', async () => {
      const { accounts } = fixture;
      const broken = await openDatabase(kind, LIBRARY);
      onTestFinished(broken.close);
      await broken.dataSource.query('DROP TABLE vodapay_account_link');
      const { login } = linkingOn(broken.dataSource, accounts);

      const error = await login('secret-user-id').catch((thrown: unknown) => thrown);

      expect(error).toMatchObject({ code: 'VODAPAY_STORE_FAILED', status: 500 });
      expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/secret-user-id|SELECT/);
    });
  });
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
