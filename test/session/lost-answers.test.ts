import { createSecretKey, randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { CoordinationScope } from '../../libs/vodapay/src/coordination/coordination-scope.js';
import { VodaPayAccountLinkRepository } from '../../libs/vodapay/src/linking/vodapay-account-link.repository.js';
import { AesSecretBox } from '../../libs/vodapay/src/session/aes-secret-box.js';
import { LiveSessions } from '../../libs/vodapay/src/session/live-sessions.js';
import type { SessionEnd } from '../../libs/vodapay/src/session/session-end.js';
import { SessionNotices } from '../../libs/vodapay/src/session/session-notices.js';
import { hashSessionToken, newSessionToken } from '../../libs/vodapay/src/session/session-token.js';
import { VodaPaySessionRepository } from '../../libs/vodapay/src/session/vodapay-session.repository.js';
import { VODAPAY_ENTITIES } from '../../libs/vodapay/src/vodapay.entities.js';
import { VODAPAY_MIGRATIONS } from '../../libs/vodapay/src/vodapay.migrations.js';
import { DEFAULTS } from '../../libs/vodapay/src/vodapay.options.js';
import { MemoryBoard, MemoryCoordination } from '../coordination/memory-coordination.js';
import { openDatabase, type OpenDatabase } from '../databases/open-database.js';
import { wrapQueries } from '../databases/wrap-queries.js';
import { resolvedOptions } from '../inquiry/inquiry-under-test.js';
import { storeLink } from '../linking/store-link.js';
import { LINK_ID, NOW, OWN, TOKENS } from './stored-session.js';

const ACCOUNT_ID = 'account-1';
const KEY = createSecretKey(randomBytes(32));

const CHANGES: readonly [
  change: string,
  kind: SessionEnd['kind'],
  make: (live: LiveSessions, id: string) => Promise<unknown>,
][] = [
  ['one session', 'session', (live, id) => live.end(id)],
  ['those of an account', 'account', (live) => live.endByAccount(ACCOUNT_ID)],
  ['those of a link', 'link', (live) => live.endByLink(LINK_ID)],
  ['those of a link and account', 'link', (live) => live.endByLinkAndAccount(LINK_ID, ACCOUNT_ID)],
  ['those beyond the newest', 'account', (live) => live.endSurplus(ACCOUNT_ID)],
  ['the former token of one', 'session', (live, id) => live.replaceToken(id, newHash())],
];

describe('Sessions that the database ends without an answer', () => {
  let database: OpenDatabase;
  let repository: VodaPaySessionRepository;
  let losing: { isOn: boolean };

  beforeAll(async () => {
    database = await openDatabase('sqlite', { entities: [...VODAPAY_ENTITIES], migrations: [...VODAPAY_MIGRATIONS] });
    const links = new VodaPayAccountLinkRepository(database.dataSource);
    await storeLink(links, { ...OWN, id: LINK_ID, userId: 'user-1', accountId: ACCOUNT_ID, at: NOW });
    repository = new VodaPaySessionRepository(database.dataSource, OWN);
    losing = loseAnswers(database.dataSource);
  });
  afterAll(() => database.close());

  /** A process that has just read a session, the older one of two, and what it tells. */
  async function processWithSession() {
    const board = new MemoryBoard();
    const notices = noticesOn(board);
    const session = { ...DEFAULTS.session, sealingKeys: new Map(), cacheMs: 60_000, maxPerAccount: 1 };
    const live = new LiveSessions(repository, resolvedOptions({ session }), () => NOW, undefined, notices);
    const closed: SessionEnd[] = [];
    live.ended$.subscribe((end) => closed.push(end));
    const older = await open(NOW - 1);
    await open(NOW);
    expect(await live.find(older.tokenHash)).toBeDefined();
    return { board, notices, live, closed, ...older };
  }

  async function open(createdAt: number) {
    const [id, tokenHash] = [repository.newId(createdAt), newHash()];
    const expiresAt = NOW + 1_000_000;
    await repository.open({ id, tokenHash, linkId: LINK_ID, accountId: ACCOUNT_ID, createdAt, expiresAt, ...TOKENS });
    return { id, tokenHash };
  }

  async function withoutAnswer(change: () => Promise<unknown>): Promise<void> {
    losing.isOn = true;
    try {
      await expect(change()).rejects.toMatchObject({ code: 'VODAPAY_STORE_UNAVAILABLE' });
    } finally {
      losing.isOn = false;
    }
  }

  it.each(CHANGES)('are refused at once, and other processes hear of it: %s', async (_change, kind, make) => {
    const { board, live, closed, id, tokenHash } = await processWithSession();
    const heard: SessionEnd[] = [];
    const other = noticesOn(board);
    other.listen((end) => heard.push(end));
    other.onApplicationBootstrap();
    onTestFinished(() => other.onApplicationShutdown());

    await withoutAnswer(() => make(live, id));

    expect(await live.find(tokenHash)).toBeUndefined();
    await vi.waitFor(() => expect(heard).toMatchObject([{ kind }]));
    // Whether they have ended isn't known, so nothing that is open under them is closed.
    expect(closed).toEqual([]);
  });

  it('are refused at once, with the error of the database, also where nobody can be told', async () => {
    const { notices, live, id, tokenHash } = await processWithSession();
    vi.spyOn(notices, 'tell').mockRejectedValue(new Error('Nobody can be told.'));

    await withoutAnswer(() => live.end(id));

    expect(await live.find(tokenHash)).toBeUndefined();
  });
});

const newHash = (): string => hashSessionToken(newSessionToken(randomBytes));

function noticesOn(board: MemoryBoard): SessionNotices {
  const box = new AesSecretBox(new Map([['k', KEY]]));
  const scope = new CoordinationScope({ ...OWN, baseUrl: 'https://wallet.test', correlationKey: KEY }, box);
  return new SessionNotices({ coordination: new MemoryCoordination(board), scope, withinMs: 1_000 });
}

/** While it is on, the database does what it is asked to change, and the connection breaks before it says so. */
function loseAnswers(dataSource: DataSource): { isOn: boolean } {
  const losing = { isOn: false };
  wrapQueries(dataSource, (query) => async (...given) => {
    const answer = await query(...given);
    if (losing.isOn && /^(DELETE|UPDATE)/.test(String(given[0]))) throw connectionLost();
    return answer;
  });
  return losing;
}

const connectionLost = (): Error => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
