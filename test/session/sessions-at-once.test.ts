import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VodaPayAccountLinkRepository } from '../../libs/vodapay/src/linking/vodapay-account-link.repository.js';
import { hashSessionToken, newSessionToken } from '../../libs/vodapay/src/session/session-token.js';
import { VodaPaySessionRepository } from '../../libs/vodapay/src/session/vodapay-session.repository.js';
import { VODAPAY_ENTITIES } from '../../libs/vodapay/src/vodapay.entities.js';
import { VODAPAY_MIGRATIONS } from '../../libs/vodapay/src/vodapay.migrations.js';
import { DATABASE_KINDS, openDatabase, type OpenDatabase } from '../databases/open-database.js';
import { storeLink } from '../linking/store-link.js';
import { LINK_ID, NOW, OWN, TOKENS } from './stored-session.js';

describe.each(DATABASE_KINDS)('sessions that several change at once, on %s', (kind) => {
  let database: OpenDatabase;
  let sessions: VodaPaySessionRepository;

  beforeAll(async () => {
    database = await openDatabase(kind, { entities: [...VODAPAY_ENTITIES], migrations: [...VODAPAY_MIGRATIONS] });
    sessions = new VodaPaySessionRepository(database.dataSource, OWN);
    const links = new VodaPayAccountLinkRepository(database.dataSource);
    await storeLink(links, { ...OWN, id: LINK_ID, userId: 'user-1', accountId: 'account-1', at: NOW });
  });
  afterAll(() => database.close());

  async function open(id = sessions.newId(NOW), createdAt = NOW) {
    const token = newSessionToken(randomBytes);
    const tokenHash = hashSessionToken(token);
    const expiresAt = NOW + 1_000_000;
    await sessions.open({ id, tokenHash, linkId: LINK_ID, accountId: 'account-1', createdAt, expiresAt, ...TOKENS });
    return { id, tokenHash };
  }

  it('keep the newest, and no more than asked, of fifty that are opened at once', async () => {
    const ids = Array.from({ length: 50 }, (_, n) => sessions.newId(NOW + n));
    await Promise.all(
      ids.map(async (id, n) => {
        await open(id, NOW + n);
        await sessions.endSurplus('account-1', 5);
      }),
    );
    expect((await sessions.list('account-1')).map(({ id }) => id)).toEqual(ids.slice(-5).toReversed());
  });

  it('end for good beside a new token, a confirmation, a use and a refresh at the same moment, over two processes', async () => {
    const another = new VodaPaySessionRepository(await database.openAnother(), OWN);
    for (let round = 0; round < 10; round += 1) {
      const { id, tokenHash } = await open();
      const fresh = hashSessionToken(newSessionToken(randomBytes));
      const [ended] = await Promise.all([
        another.end(id),
        sessions.replaceToken(id, fresh),
        another.confirm(id, NOW + 1, 1),
        sessions.markSeen(id, NOW + 60_000),
        another.storeRefreshed(id, 0, TOKENS),
      ]);
      expect([
        ended,
        await sessions.findById(id),
        await sessions.findByToken(tokenHash),
        await sessions.findByToken(fresh),
      ]).toEqual([1, undefined, undefined, undefined]);
    }
  });

  it('take no word for a moment that lies ahead of the clock: it went back since', async () => {
    const { id } = await open();
    const [tomorrow, now] = [NOW + 86_400_000, NOW + 500];

    await sessions.confirm(id, tomorrow, 5);
    await sessions.markSeen(id, tomorrow);
    expect(await sessions.findById(id)).toMatchObject({ validatedAt: tomorrow, lastSeenAt: tomorrow });
    await sessions.confirm(id, now, 7);
    await sessions.markSeen(id, now);

    expect(await sessions.findById(id)).toMatchObject({ validatedAt: now, scopes: 7, lastSeenAt: now });
  });
});
