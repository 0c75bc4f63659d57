import { createSecretKey, randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { VodaPayAccountLinkRepository } from '../../libs/vodapay/src/linking/vodapay-account-link.repository.js';
import { AesSecretBox } from '../../libs/vodapay/src/session/aes-secret-box.js';
import { hashSessionToken, newSessionToken } from '../../libs/vodapay/src/session/session-token.js';
import { VodaPaySessionRepository } from '../../libs/vodapay/src/session/vodapay-session.repository.js';
import { VODAPAY_ENTITIES } from '../../libs/vodapay/src/vodapay.entities.js';
import { VODAPAY_MIGRATIONS } from '../../libs/vodapay/src/vodapay.migrations.js';
import { DATABASE_KINDS, openDatabase, type OpenDatabase } from '../databases/open-database.js';
import { statementCounter } from '../databases/statement-counter.js';
import { storeLink } from '../linking/store-link.js';
import { LINK_ID, NOW, OWN, TOKENS } from './stored-session.js';

const { namespace: NAMESPACE } = OWN;

describe.each(DATABASE_KINDS)('sessions on %s', (kind) => {
  let database: OpenDatabase;
  let dataSource: DataSource;
  let links: VodaPayAccountLinkRepository;
  let sessions: VodaPaySessionRepository;
  const counter = statementCounter();

  beforeAll(async () => {
    const library = { entities: [...VODAPAY_ENTITIES], migrations: [...VODAPAY_MIGRATIONS] };
    database = await openDatabase(kind, { ...library, logger: counter.logger });
    dataSource = database.dataSource;
    links = new VodaPayAccountLinkRepository(dataSource);
    sessions = new VodaPaySessionRepository(dataSource, OWN);
  });

  beforeEach(async () => {
    await dataSource.query('DELETE FROM vodapay_session');
    await dataSource.query('DELETE FROM vodapay_account_link');
    await storeLink(links, { ...OWN, id: LINK_ID, userId: 'user-1', accountId: 'account-1', at: NOW });
  });

  afterAll(() => database.close());

  async function open(more: Partial<Parameters<VodaPaySessionRepository['open']>[0]> = {}) {
    const token = newSessionToken(randomBytes);
    const id = sessions.newId(NOW);
    await sessions.open({
      id,
      tokenHash: hashSessionToken(token),
      linkId: LINK_ID,
      accountId: 'account-1',
      createdAt: NOW,
      expiresAt: NOW + 1_000_000,
      ...TOKENS,
      ...more,
    });
    return { id, token };
  }

  const find = (token: string, scope = OWN) =>
    new VodaPaySessionRepository(dataSource, scope).findByToken(hashSessionToken(token));

  it('are found by their token, with the user and the account of their link, in one statement', async () => {
    const { id, token } = await open();
    let session: unknown;

    const statements = await counter.during(async () => {
      session = await find(token);
    });

    expect(statements).toHaveLength(1);
    expect(session).toEqual({
      id,
      linkId: LINK_ID,
      accountId: 'account-1',
      userId: 'user-1',
      linkedAt: NOW,
      createdAt: NOW,
      expiresAt: NOW + 1_000_000,
      validatedAt: NOW,
      lastSeenAt: NOW,
      scopes: 0,
    });
    expect(await sessions.findById(id)).toEqual({
      ...(session as object),
      refreshLeaseUntil: null,
      tokenVersion: 0,
      ...TOKENS,
    });
  });

  it('stand in the table under the hash of their token, never under the token', async () => {
    const { token } = await open();

    const rows: unknown = await dataSource.query('SELECT * FROM vodapay_session');

    expect(JSON.stringify(rows)).toContain(hashSessionToken(token));
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it.each([
    ['namespace', { namespace: 'production:1', clientId: '1' }],
    ['client id, though the namespace is shared', { namespace: NAMESPACE, clientId: '2' }],
  ])('R14 are neither found, listed nor ended by an instance of another %s', async (_title, scope) => {
    const { id, token } = await open();
    const other = new VodaPaySessionRepository(dataSource, scope);

    expect(await find(token, scope)).toBeUndefined();
    expect(await other.findById(id)).toBeUndefined();
    expect(await other.list('account-1')).toEqual([]);
    expect(await other.sealedAfter('', 10)).toEqual([]);
    expect(await other.replaceToken(id, hashSessionToken(newSessionToken(randomBytes)))).toBe(false);
    const ended = [other.end(id), other.endByAccount('account-1'), other.endByLink(LINK_ID)];
    expect(await Promise.all([...ended, other.endSurplus('account-1', 1), other.purgeIdle(NOW + 1, 10)])).toEqual([
      0, 0, 0, 0, 0,
    ]);
    expect(await find(token)).toBeDefined();
  });

  it('are listed for their account, the newest first', async () => {
    const [older, newer] = [await open(), await open()].map(({ id }) => id).toSorted();

    expect((await sessions.list('account-1')).map(({ id }) => id)).toEqual([newer, older]);
    expect(await sessions.list('account-2')).toEqual([]);
  });

  it('keep as many of an account as asked, the newest', async () => {
    const ids = [await open(), await open(), await open(), await open()].map(({ id }) => id).toSorted();

    expect(await sessions.endSurplus('account-1', 2)).toBe(2);

    expect((await sessions.list('account-1')).map(({ id }) => id)).toEqual(ids.slice(2).toReversed());
  });

  it('take a new token in the place of the former one', async () => {
    const { id, token } = await open();
    const next = newSessionToken(randomBytes);

    expect(await sessions.replaceToken(id, hashSessionToken(next))).toBe(true);

    expect(await find(token)).toBeUndefined();
    expect(await find(next)).toMatchObject({ id });
  });

  it('note their use once a minute', async () => {
    const { id } = await open();
    const seen = async () => (await sessions.findById(id))?.lastSeenAt;

    await sessions.markSeen(id, NOW + 59_999);
    expect(await seen()).toBe(NOW);
    await Promise.all(Array.from({ length: 10 }, (_, n) => sessions.markSeen(id, NOW + 60_000 + n)));
    const first = (await seen()) ?? 0;
    expect(first).toBeGreaterThanOrEqual(NOW + 60_000);
    await sessions.markSeen(id, first + 59_999);
    expect(await seen()).toBe(first);
  });

  it('that nobody uses are purged, those in use stay', async () => {
    const idle = await open();
    const used = await open();
    await sessions.markSeen(used.id, NOW + 120_000);

    expect(await sessions.purgeIdle(NOW + 60_000, 10)).toBe(1);

    expect(await find(idle.token)).toBeUndefined();
    expect(await find(used.token)).toBeDefined();
  });

  it('older than the column of their last use count as used when they were made', async () => {
    const { id } = await open();
    await dataSource.query('UPDATE vodapay_session SET last_seen_at = NULL');

    expect((await sessions.findById(id))?.lastSeenAt).toBe(NOW);
    await sessions.markSeen(id, NOW + 1);
    expect((await sessions.findById(id))?.lastSeenAt).toBe(NOW + 1);
  });

  it('end by themselves when their link is removed', async () => {
    const { token } = await open();
    await links.remove(LINK_ID);

    expect(await find(token)).toBeUndefined();
  });

  it('opened twice by a repeated statement are one session; a foreign row of the same id is a failure', async () => {
    const { id, token } = await open();

    await open({ id, tokenHash: hashSessionToken(token) });
    await expect(open({ id })).rejects.toMatchObject({ code: 'VODAPAY_STORE_FAILED' });

    expect(await dataSource.query('SELECT id FROM vodapay_session')).toHaveLength(1);
  });

  it('R24 end one by one, by account and by link', async () => {
    const [one, two, three] = [await open(), await open(), await open()];

    expect(await sessions.end(one.id)).toBe(1);
    expect(await sessions.end(one.id)).toBe(0);
    expect(await find(two.token)).toBeDefined();
    expect(await sessions.endByAccount('account-2')).toBe(0);
    expect(await sessions.endByAccount('account-1')).toBe(2);
    expect(await find(three.token)).toBeUndefined();
    await open();
    expect(await sessions.endByLink(LINK_ID)).toBe(1);
  });

  it('keep the latest confirmation by the wallet, with its scopes', async () => {
    const { id } = await open();

    await sessions.confirm(id, NOW + 500, 5);
    await sessions.confirm(id, NOW + 400, 7);

    expect(await sessions.findById(id)).toMatchObject({ validatedAt: NOW + 500, scopes: 5 });
  });

  it('are not there under what is no id of a session, whatever somebody put into a URL', async () => {
    for (const id of ['', 'x\u0000y', '\ud800', 'x'.repeat(100_000), "' OR 1=1 --"]) {
      expect([await sessions.end(id), await sessions.findById(id)]).toEqual([0, undefined]);
    }
  });

  it('give the refresh of one token version to one of many askers', async () => {
    const { id } = await open();

    const won = await Promise.all(Array.from({ length: 20 }, () => sessions.leaseRefresh(id, 0, NOW + 5_000)));

    expect(won.filter(Boolean)).toHaveLength(1);
    expect((await sessions.findById(id))?.refreshLeaseUntil).toBe(NOW + 5_000);
  });

  it('never give a refresh again whose lease ran out: it may have been sent', async () => {
    const { id } = await open();
    await sessions.leaseRefresh(id, 0, NOW + 5_000);

    expect(await sessions.leaseRefresh(id, 0, NOW + 11_000)).toBe(false);
  });

  it('let a lease run out for everybody, but not the one that was given after it', async () => {
    const { id } = await open();
    await sessions.leaseRefresh(id, 0, NOW + 5_000);
    await sessions.loseRefresh(id, 0, NOW + 4_000);
    expect((await sessions.findById(id))?.refreshLeaseUntil).toBe(NOW + 5_000);
    await sessions.loseRefresh(id, 0, NOW + 5_000);
    expect((await sessions.findById(id))?.refreshLeaseUntil).toBe(0);
    expect(await sessions.leaseRefresh(id, 0, NOW + 9_000)).toBe(false);
  });

  it('give a refresh again that was given back unsent', async () => {
    const { id } = await open();
    await sessions.leaseRefresh(id, 0, NOW + 5_000);
    await sessions.releaseRefresh(id, 0);

    expect(await sessions.leaseRefresh(id, 0, NOW + 5_000)).toBe(true);
  });

  it('store a refresh once, under the next version, and are then free for the next one', async () => {
    const { id } = await open();
    await sessions.leaseRefresh(id, 0, NOW + 5_000);
    const refreshed = { ...TOKENS, accessToken: 'sealed-again', refreshToken: 'sealed-refresh' };

    expect(await sessions.storeRefreshed(id, 0, refreshed)).toBe(true);
    expect(await sessions.storeRefreshed(id, 0, TOKENS)).toBe(false);

    expect(await sessions.findById(id)).toMatchObject({ ...refreshed, tokenVersion: 1, refreshLeaseUntil: null });
    expect(await sessions.leaseRefresh(id, 0, NOW + 5_000)).toBe(false);
    expect(await sessions.leaseRefresh(id, 1, NOW + 5_000)).toBe(true);
  });

  it('that have expired are purged, the oldest first, no more than asked', async () => {
    const old = await open({ expiresAt: NOW - 2 });
    const older = await open({ expiresAt: NOW - 3 });
    const live = await open();

    expect(await sessions.purgeExpired(NOW, 1)).toBe(1);
    expect(await find(older.token)).toBeUndefined();
    expect(await sessions.purgeExpired(NOW, 10)).toBe(1);
    expect(await find(old.token)).toBeUndefined();
    expect(await find(live.token)).toBeDefined();
  });

  it('R22 hold sealed tokens that open in their own row only', async () => {
    const box = new AesSecretBox(new Map([['k1', createSecretKey(randomBytes(32))]]));
    const place = (rowId: string) => ({
      namespace: NAMESPACE,
      clientId: '1',
      table: 'vodapay_session',
      rowId,
      column: 'access_token',
    });
    const [mine, stolen] = [await open(), await open()];
    const sealed = await box.seal('the access token', place(stolen.id));
    await sessions.storeRefreshed(mine.id, 0, { ...TOKENS, accessToken: sealed });

    const row = await sessions.findById(mine.id);

    expect(await box.open(row?.accessToken ?? '', place(stolen.id))).toBe('the access token');
    await expect(box.open(row?.accessToken ?? '', place(mine.id))).rejects.toMatchObject({
      code: 'VODAPAY_SEALED_TOKEN_UNREADABLE',
    });
  });
});
