import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { VodaPayModuleOptions } from 'nestjs-vodapay';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resolveOptions } from '../../libs/vodapay/src/resolve-options.js';
import { VodaPayAccountLinkRepository } from '../../libs/vodapay/src/linking/vodapay-account-link.repository.js';
import { AesSecretBox } from '../../libs/vodapay/src/session/aes-secret-box.js';
import { sessionPlace } from '../../libs/vodapay/src/session/session-place.js';
import { SessionReseal } from '../../libs/vodapay/src/session/session-reseal.js';
import { VodaPaySessionRepository } from '../../libs/vodapay/src/session/vodapay-session.repository.js';
import { DATABASE_KINDS, openDatabase, type OpenDatabase } from '../databases/open-database.js';
import { recordSecret } from '../leaks/record-secret.js';
import { LIBRARY } from '../linking/linking-under-test.js';
import { storeLink } from '../linking/store-link.js';

Logger.overrideLogger(false);

/** How often tokens are opened meanwhile; `npm run test:rotation` takes more. */
const OPENINGS = Number(process.env['ROTATION_REQUESTS'] ?? 2_000);
const NOW = 1_763_856_000_000;
const OWN = { namespace: 'sandbox:1', clientId: '1' };
const LINK_ID = '01920000-0000-7000-8000-000000000001';
const newKey = (id: string): string => `${id}:${recordSecret('sealing key', randomBytes(32).toString('base64'))}`;
const [K1, K2] = [newKey('k1'), newKey('k2')];
const pem = (key: KeyObject, type: 'pkcs8' | 'spki'): string => key.export({ format: 'pem', type }).toString();
const newPair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const [first, second, vodapay] = [newPair(), newPair(), newPair()];
const privatePem = (key: KeyObject): string => recordSecret('private key', pem(key, 'pkcs8'));

function boxWith(session: NonNullable<VodaPayModuleOptions['session']>, privateKey = first.privateKey): AesSecretBox {
  const options = resolveOptions({
    environment: 'sandbox',
    clientId: '1',
    privateKey: privatePem(privateKey),
    vodapayPublicKey: pem(vodapay.publicKey, 'spki'),
    accounts: { create: () => Promise.resolve({ id: '1' }), find: () => Promise.resolve(undefined) },
    session,
  });
  return new AesSecretBox(options.session.sealingKeys);
}

describe("Rotating the merchant's private key signs nobody out", () => {
  const place = sessionPlace(OWN, 'row', 'access_token');

  it('when the former one is in session.previousPrivateKeys', async () => {
    const sealed = await boxWith({}).seal('the token', place);
    const rotated = boxWith({ previousPrivateKeys: [privatePem(first.privateKey)] }, second.privateKey);
    expect(await rotated.open(sealed, place)).toBe('the token');
    expect(rotated.isCurrent(sealed)).toBe(false);
    const unreadable = { code: 'VODAPAY_SEALED_TOKEN_UNREADABLE' };
    await expect(boxWith({}, second.privateKey).open(sealed, place)).rejects.toMatchObject(unreadable);
  });

  it('when session.sealingKeys seal', async () => {
    const sealed = await boxWith({ sealingKeys: K1 }).seal('the token', place);
    expect(await boxWith({ sealingKeys: K1 }, second.privateKey).open(sealed, place)).toBe('the token');
  });

  it('and neither does setting session.sealingKeys for the first time', async () => {
    const sealed = await boxWith({}).seal('the token', place);
    const configured = boxWith({ sealingKeys: K1 });
    expect(await configured.open(sealed, place)).toBe('the token');
    expect(await configured.seal('another', place)).toMatch(/^v1\.k1\./);
  });
});

describe.each(DATABASE_KINDS)('resealAll on %s', (kind) => {
  let database: OpenDatabase;
  let sessions: VodaPaySessionRepository;
  const old = boxWith({ sealingKeys: K1 });
  const both = boxWith({ sealingKeys: `${K2},${K1}` });
  let reseal: SessionReseal;

  beforeAll(async () => {
    database = await openDatabase(kind, LIBRARY);
    sessions = new VodaPaySessionRepository(database.dataSource, OWN);
    reseal = new SessionReseal(sessions, both, OWN);
    const link = { ...OWN, id: LINK_ID, userId: 'user-1', accountId: 'account-1', at: NOW };
    await storeLink(new VodaPayAccountLinkRepository(database.dataSource), link);
  });
  beforeEach(() => database.dataSource.query('DELETE FROM vodapay_session'));
  afterAll(() => database.close());

  async function store(count: number): Promise<readonly string[]> {
    const ids = Array.from({ length: count }, (_, n) => sessions.newId(NOW + n));
    for (const id of ids) {
      expect(await sessions.open({ ...(await sealedBy(old, id, 'first')), ...rest(id) })).toBe(true);
    }
    return ids;
  }

  const rest = (id: string) => ({
    id,
    tokenHash: randomBytes(32).toString('hex'),
    linkId: LINK_ID,
    accountId: 'account-1',
    createdAt: NOW,
    expiresAt: NOW + 1_000_000,
  });

  const sealedBy = async (box: AesSecretBox, id: string, token: string) => ({
    accessToken: await box.seal(`${token} access of ${id}`, sessionPlace(OWN, id, 'access_token')),
    accessTokenExpiresAt: null,
    refreshToken: await box.seal(`${token} refresh of ${id}`, sessionPlace(OWN, id, 'refresh_token')),
    refreshTokenExpiresAt: null,
  });

  const rows = () => sessions.sealedAfter('', 10_000);
  const opens = (
    box: AesSecretBox,
    { id, accessToken }: { readonly id: string; readonly accessToken: string | null },
  ) => box.open(accessToken ?? '', sessionPlace(OWN, id, 'access_token'));

  it('lets every token open with the new key alone, while thousands of openings and some refreshes go on', async () => {
    const ids = await store(100);
    const refreshed = ids.filter((_, n) => n % 10 === 0);
    const done = new AbortController();
    const refreshing = (async () => {
      for (const id of refreshed) await sessions.storeRefreshed(id, 0, await sealedBy(old, id, 'second'));
    })();
    const opening = (async () => {
      let opened = 0;
      while (!done.signal.aborted || opened < OPENINGS) {
        for (const row of await rows()) if ((await opens(both, row)) !== '') opened += 1;
        // As requests do: with SQLite's synchronous driver nothing else would ever have its turn.
        await nextTurn();
      }
      return opened;
    })();

    const report = await reseal.run({ batchSize: 7 });
    await refreshing;
    const second = await reseal.run();
    done.abort();

    expect(await opening).toBeGreaterThanOrEqual(OPENINGS);
    expect([report.finished, report.unreadable, second.finished]).toEqual([true, 0, true]);
    const alone = boxWith({ sealingKeys: K2 });
    for (const row of await rows()) {
      const token = refreshed.includes(row.id) ? 'second' : 'first';
      expect(await opens(alone, row)).toBe(`${token} access of ${row.id}`);
      expect(row.refreshToken).toMatch(/^v1\.k2\./);
    }
    expect(await reseal.run()).toEqual({ resealed: 0, unreadable: 0, finished: true });
  });

  it('goes on where it was interrupted', async () => {
    await store(10);
    const stop = new AbortController();
    const write = sessions.replaceSealed.bind(sessions);
    let written = 0;
    const counting = Object.assign(Object.create(sessions) as VodaPaySessionRepository, {
      replaceSealed: (row: Parameters<typeof write>[0]) => {
        written += 1;
        if (written === 4) stop.abort();
        return write(row);
      },
    });

    const interrupted = await new SessionReseal(counting, both, OWN).run({ batchSize: 3, signal: stop.signal });
    const resumed = await reseal.run({ batchSize: 3 });

    expect(interrupted).toEqual({ resealed: 4, unreadable: 0, finished: false });
    expect(resumed).toEqual({ resealed: 6, unreadable: 0, finished: true });
  });

  it('never writes over a refresh that came in between', async () => {
    const [id = ''] = await store(1);
    const racing = Object.assign(Object.create(sessions) as VodaPaySessionRepository, {
      replaceSealed: async (row: Parameters<VodaPaySessionRepository['replaceSealed']>[0]) => {
        await sessions.storeRefreshed(id, 0, await sealedBy(both, id, 'second'));
        return sessions.replaceSealed(row);
      },
    });

    await new SessionReseal(racing, both, OWN).run();

    const [row] = await rows();
    expect(row && (await opens(both, row))).toBe(`second access of ${id}`);
  });

  it('R22: leaves and counts a row whose token was changed by one byte, or belongs to another row', async () => {
    const [changed = '', moved = '', sound = ''] = await store(3);
    const [, , row] = await rows();
    await database.dataSource.query(
      `UPDATE vodapay_session SET access_token = '${row?.accessToken}' WHERE id = '${moved}'`,
    );
    await database.dataSource.query(
      `UPDATE vodapay_session SET refresh_token = replace(refresh_token, 'v1.k1.', 'v1.k1.A') WHERE id = '${changed}'`,
    );
    expect(await reseal.run()).toEqual({ resealed: 1, unreadable: 2, finished: true });
    const states = (await rows()).map(({ id, accessToken }) => [id, both.isCurrent(accessToken ?? '')]);
    expect(states).toEqual([
      [changed, false],
      [moved, false],
      [sound, true],
    ]);
  });

  it.each([0, 1.5, 10_001, Number.NaN])('refuses a batch of %d', async (batchSize) => {
    await expect(reseal.run({ batchSize })).rejects.toThrow(/batchSize/);
  });
});
