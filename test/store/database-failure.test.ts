import { inspect } from 'node:util';
import { QueryFailedError } from 'typeorm';
import { describe, expect, it, vi } from 'vitest';
import { classifyDatabaseFailure, withoutValues } from '../../libs/vodapay/src/store/database-failure.js';
import { retryTransient } from '../../libs/vodapay/src/store/retry-transient.js';

function failed(properties: Readonly<Record<string, unknown>>, message = 'failed'): QueryFailedError {
  return new QueryFailedError('SELECT secret', ['secret'], Object.assign(new Error(message), properties));
}

describe("what a database's error means", () => {
  it.each([
    ['PostgreSQL: unique violation', failed({ code: '23505' }), 'unique'],
    ['MariaDB: duplicate entry', failed({ code: 'ER_DUP_ENTRY', errno: 1062 }), 'unique'],
    ['SQLite: unique index', failed({ code: 'SQLITE_CONSTRAINT_UNIQUE' }), 'unique'],
    ['SQLite: primary key', failed({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' }), 'unique'],
    ['PostgreSQL: deadlock', failed({ code: '40P01' }), 'transient'],
    ['PostgreSQL: serialisation failure', failed({ code: '40001' }), 'transient'],
    ['MariaDB: deadlock, or Galera certification', failed({ code: 'ER_LOCK_DEADLOCK', errno: 1213 }), 'transient'],
    ['MariaDB: lock wait timeout', failed({ errno: 1205 }), 'transient'],
    ['Galera: node not ready', failed({ errno: 1047 }, 'WSREP has not yet prepared node'), 'transient'],
    ['Galera: no cluster at commit', failed({ code: 'ER_ERROR_DURING_COMMIT', errno: 1180 }), 'transient'],
    ['SQLite: busy', failed({ code: 'SQLITE_BUSY' }), 'transient'],
    ['SQLite: busy snapshot', failed({ code: 'SQLITE_BUSY_SNAPSHOT' }), 'transient'],
    ['SQLite: locked', failed({ code: 'SQLITE_LOCKED' }), 'transient'],
    ['libsql without a code', failed({}, 'database is locked'), 'transient'],
    ['refused connection', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'connection'],
    ['PostgreSQL: shutting down', failed({ code: '57P01' }), 'connection'],
    ['PostgreSQL: connection exception', failed({ code: '08006' }), 'connection'],
    ['PostgreSQL: too many connections', failed({ code: '53300' }), 'connection'],
    ['pg: cut', failed({}, 'Connection terminated unexpectedly'), 'connection'],
    ['pg-pool: full', new Error('timeout exceeded when trying to connect'), 'connection'],
    ['mysql2: cut', failed({ code: 'PROTOCOL_CONNECTION_LOST' }), 'connection'],
    ['PostgreSQL: cancelled', failed({ code: '57014' }), 'connection'],
    ['MariaDB: interrupted', failed({ code: 'ER_QUERY_INTERRUPTED', errno: 1317 }), 'connection'],
    ['MariaDB: connection killed', failed({ errno: 1927 }), 'connection'],
    ['libsql: closed', failed({}, 'The database connection is not open'), 'connection'],
    ['TypeORM on MariaDB: destroyed', failed({}, 'Connection is not established with mysql database'), 'connection'],
    ['TypeORM on PostgreSQL: destroyed', failed({}, 'Driver not Connected'), 'connection'],
    ['PostgreSQL: no such table', failed({ code: '42P01' }), 'statement'],
    ['PostgreSQL: check violated', failed({ code: '23514' }), 'statement'],
    ['an error of something else', new Error('mail server down'), 'foreign'],
    ['no error at all', undefined, 'foreign'],
  ] as const)('%s', (_, error, meaning) => {
    expect(classifyDatabaseFailure(error)).toBe(meaning);
  });

  it('R19 is told without the values of the statement', () => {
    const error = failed({ code: '23505', table: 'account', constraint: 'uq_email', detail: 'Key (email)=(secret)' });

    const told = inspect(withoutValues(error), { showHidden: true });

    expect(told).not.toContain('secret');
    expect(told).toContain('23505 account uq_email');
  });

  it('keeps the class, the code and the place of the failure, and no line of its text', () => {
    const told = withoutValues(failed({ code: '42P01', name: 'DatabaseError' }, 'x\n    at secret (secret.js:1:1)'));

    expect(told).toMatchObject({ name: 'DatabaseError', code: '42P01' });
    expect(told.stack).toMatch(/\n\s+at .*database-failure\.test\.ts:\d+/);
    expect(told.stack).not.toContain('secret');
  });
});

describe('repeating what fails by chance', () => {
  it('I5 ends with the first success', async () => {
    let tries = 0;
    const work = async () => {
      tries += 1;
      if (tries < 4) throw failed({ code: '40P01' });
      return 'done';
    };

    expect(await retryTransient(work, { random: () => 0 })).toBe('done');
    expect(tries).toBe(4);
  });

  it('I5 is bounded', async () => {
    const work = vi.fn(() => Promise.reject(failed({ code: '40P01' })));

    await expect(retryTransient(work, { attempts: 3, random: () => 0 })).rejects.toBeInstanceOf(QueryFailedError);
    expect(work).toHaveBeenCalledTimes(3);
  });

  it('never repeats what would fail again, or a lost connection', async () => {
    const work = vi.fn(() => Promise.reject(failed({ code: '08006' })));

    await expect(retryTransient(work)).rejects.toThrow('failed');
    expect(work).toHaveBeenCalledTimes(1);
  });
});
