import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { VodaPayAccountLinkRepository } from '../../libs/vodapay/src/linking/vodapay-account-link.repository.js';
import { hashSessionToken, newSessionToken } from '../../libs/vodapay/src/session/session-token.js';
import {
  VodaPaySessionRepository,
  type NewSession,
} from '../../libs/vodapay/src/session/vodapay-session.repository.js';
import { DATABASE_KINDS, openDatabase, type OpenDatabase } from '../databases/open-database.js';
import { statementCounter } from '../databases/statement-counter.js';
import { LIBRARY } from '../linking/linking-under-test.js';
import { storeLink } from '../linking/store-link.js';
import { NOW, OWN, TOKENS } from './stored-session.js';

const SESSIONS = 20;
const linkIdOf = (n: number) => `01920000-0000-7000-8000-${String(n).padStart(12, '0')}`;

describe.each(DATABASE_KINDS)('Sessions that are opened at the same time, on %s:', (kind) => {
  const counter = statementCounter();
  let database: OpenDatabase;
  let sessions: VodaPaySessionRepository;
  beforeAll(async () => {
    database = await openDatabase(kind, { ...LIBRARY, logger: counter.logger });
    sessions = new VodaPaySessionRepository(database.dataSource, OWN);
    const links = new VodaPayAccountLinkRepository(database.dataSource);
    for (let n = 0; n < SESSIONS; n += 1) {
      await storeLink(links, { ...OWN, id: linkIdOf(n), userId: `user-${n}`, accountId: `account-${n}`, at: NOW });
    }
  });
  afterAll(() => database.close());

  const sessionOf = (n: number, more: Partial<NewSession> = {}): NewSession => ({
    ...TOKENS,
    id: sessions.newId(NOW),
    tokenHash: hashSessionToken(newSessionToken(randomBytes)),
    linkId: linkIdOf(n),
    accountId: `account-${n}`,
    createdAt: NOW + n,
    expiresAt: NOW + 1_000_000 + n,
    scopes: n % 8,
    ...more,
  });
  /** Every kind of value that a column may hold, and what a list or JSON is written with. */
  const several = () =>
    Array.from({ length: SESSIONS }, (_, n) =>
      sessionOf(
        n,
        n % 2 === 0 ? {} : { accessToken: `a"b\\c{},é${n}`, refreshToken: null, accessTokenExpiresAt: null },
      ),
    );
  const openAll = (all: readonly NewSession[]) => Promise.all(all.map((session) => sessions.open(session)));
  const stored = (all: readonly NewSession[]) => Promise.all(all.map(({ id }) => sessions.findById(id)));

  it('each is stored as one that is opened alone', async () => {
    const together = several();
    expect(await openAll(together)).toEqual(together.map(() => true));
    for (const session of together) {
      const { id, tokenHash } = sessionOf(0);
      await sessions.open({ ...session, id, tokenHash });
      const [alone, withOthers] = await Promise.all([sessions.findById(id), sessions.findById(session.id)]);
      expect(withOthers).toEqual({ ...alone, id: session.id });
      expect(await sessions.findByToken(session.tokenHash)).toMatchObject({
        id: session.id,
        accountId: session.accountId,
      });
    }
  });

  it('one statement is sent for all of a turn of the event loop where the database takes lists', async () => {
    const all = several();
    const sent = await counter.during(() => openAll(all));
    expect(sent).toHaveLength(kind === 'postgres' ? 1 : SESSIONS);
  });

  it('R17 one whose link has gone, or leads to another account, is told so and is not stored, and the others are', async () => {
    const all = [
      sessionOf(1),
      sessionOf(2, { linkId: linkIdOf(SESSIONS + 1) }),
      sessionOf(3, { accountId: 'account-4' }),
      sessionOf(4),
    ];
    expect(await openAll(all)).toEqual([true, false, false, true]);
    expect((await stored(all)).map((session) => session?.accountId)).toEqual([
      'account-1',
      undefined,
      undefined,
      'account-4',
    ]);
  });

  it('one that an earlier try has stored, whose answer got lost, is stored once, and the others with it', async () => {
    const all = [sessionOf(1), sessionOf(2), sessionOf(3)];
    await openAll(all.slice(1, 2));
    expect(await openAll(all)).toEqual([true, true, true]);
    expect((await stored(all)).map((session) => session?.id)).toEqual(all.map(({ id }) => id));
  });

  it('a value that the database refuses fails its own login only', async () => {
    const all = [sessionOf(1), sessionOf(2, { accessToken: 'sealed \u0000' }), sessionOf(3)];
    const opened = await Promise.allSettled(all.map((session) => sessions.open(session)));
    const refused = kind === 'postgres' ? 'rejected' : 'fulfilled';
    expect(opened.map(({ status }) => status)).toEqual(['fulfilled', refused, 'fulfilled']);
    expect((await stored([...all.slice(0, 1), ...all.slice(2)])).map((session) => session?.accountId)).toEqual([
      'account-1',
      'account-3',
    ]);
  });

  if (kind === 'postgres') {
    it('a row that a constraint refuses fails its own login only', async () => {
      const table = 'ALTER TABLE vodapay_session';
      await database.dataSource.query(`${table} ADD CONSTRAINT short CHECK (access_token <> 'not this one')`);
      onTestFinished(() => database.dataSource.query(`${table} DROP CONSTRAINT short`));
      const all = [sessionOf(1), sessionOf(2, { accessToken: 'not this one' }), sessionOf(3)];
      const opened = await Promise.allSettled(all.map((session) => sessions.open(session)));
      expect(opened.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    });
  }
});
