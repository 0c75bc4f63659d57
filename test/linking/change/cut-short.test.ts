import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { accountProvenBy } from '../../../libs/vodapay/src/linking/change/proven-account.js';
import type { VodaPayLinkingService } from '../../../libs/vodapay/src/linking/vodapay-linking.service.js';
import { DATABASE_KINDS } from '../../databases/open-database.js';
import { wrapQueries } from '../../databases/wrap-queries.js';
import { loginOf, storedLinks } from '../linking-under-test.js';
import { useChanges } from './use-changes.js';

const STATEMENTS_AT_MOST = 30;
const AN_HOUR_MS = 3_600_000;

/** `npm run test:kills` kills processes; here a server just never comes back from its n-th statement. */
describe.each(DATABASE_KINDS)('a server that stops before any of its statements, on %s', (kind) => {
  const fixture = useChanges(kind);

  interface Begun {
    readonly userId: string;
    readonly accountId: string;
  }

  /** Does the work once for each of its statements. Returns whose work it was, the last one's undisturbed. */
  async function stopAtEach(
    begin: (
      userId: string,
    ) => Promise<{ accountId: string; run: (service: VodaPayLinkingService) => Promise<unknown> }>,
  ): Promise<readonly Begun[]> {
    const begun: Begun[] = [];
    for (let stopAt = 1; stopAt <= STATEMENTS_AT_MOST; stopAt += 1) {
      const userId = `user-${stopAt}`;
      const { accountId, run } = await begin(userId);
      const dataSource = await fixture.database.openAnother();
      const stopped = stopBefore(dataSource, stopAt);
      const service = fixture.serverOn(dataSource).service;
      begun.push({ userId, accountId });
      if ((await Promise.race([stopped, run(service).then(() => 'ended' as const)])) === 'ended') return begun;
    }
    throw new Error(`The work has no end after ${STATEMENTS_AT_MOST} statements.`);
  }

  /** What the log tells of the user's links, oldest first, once the left-overs are settled. */
  async function storyOf(accounts: readonly string[]): Promise<readonly string[]> {
    const events = (await Promise.all(accounts.map((id) => fixture.linking.service.events(id)))).flat();
    const once = [...new Map(events.map((event) => [event.id, event])).values()];
    return once.sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ kind: what }) => what);
  }

  async function expectNothingLeftOver(users: number): Promise<void> {
    await fixture.linking.service.maintain();
    expect((await storedLinks(fixture.dataSource)).map(({ state }) => state)).toEqual(
      Array.from({ length: users }, () => 'active'),
    );
    expect(await fixture.holds()).toEqual([]);
  }

  it('I2 of an unlink leaves the user linked as before, or unlinked with the event of it', async () => {
    const begun = await stopAtEach(async (userId) => {
      const user = await fixture.signedIn(userId, { password: true });
      return { accountId: user.accountId, run: (service) => service.unlink(user) };
    });
    fixture.clock.now += AN_HOUR_MS;

    const stories = [];
    for (const { userId, accountId } of begun) {
      const { link } = await fixture.linking.login(userId);
      const same = link.accountId === accountId;
      stories.push({ same, told: await storyOf(same ? [accountId] : [accountId, link.accountId]) });
    }

    const as = {
      before: { same: true, told: ['linked'] },
      unlinked: { same: false, told: ['linked', 'unlinked', 'linked'] },
    };
    const before = stories.filter(({ same }) => same).length;
    expect(stories).toEqual(stories.map((_, index) => (index < before ? as.before : as.unlinked)));
    expect(before).toBeGreaterThan(3);
    expect(before).toBeLessThan(begun.length);
    await expectNothingLeftOver(begun.length);
  });

  it('I2 of a move leaves the user at the one account or the other, with the event of it', async () => {
    const begun = await stopAtEach(async (userId) => {
      const user = await fixture.signedIn(userId);
      const shop = accountProvenBy('merchant', fixture.accounts.add(`shop-of-${userId}`), fixture.clock.now);
      return { accountId: user.accountId, run: (service) => service.move(user, shop) };
    });
    fixture.clock.now += AN_HOUR_MS;
    await fixture.linking.service.maintain();

    const stories = [];
    for (const { userId, accountId } of begun) {
      const { link, outcome } = await fixture.linking.login(userId);
      expect(outcome).toBe('existing');
      const same = link.accountId === accountId;
      expect(link.accountId).toBe(same ? accountId : `shop-of-${userId}`);
      stories.push({ same, told: await storyOf([accountId]) });
    }

    const as = { before: { same: true, told: ['linked'] }, moved: { same: false, told: ['linked', 'moved'] } };
    const before = stories.filter(({ same }) => same).length;
    expect(stories).toEqual(stories.map((_, index) => (index < before ? as.before : as.moved)));
    expect(before).toBeLessThan(begun.length);
    await expectNothingLeftOver(begun.length);
  });

  it('I2 of a first login leaves a link whose event is written by whoever looks next', async () => {
    const begun = await stopAtEach(async (userId) => ({
      accountId: '',
      run: (service) => service.linkAtLogin(loginOf(userId), { userId }),
    }));
    fixture.clock.now += AN_HOUR_MS;

    for (const { userId } of begun) {
      const { link } = await fixture.linking.login(userId);
      expect(await storyOf([link.accountId])).toEqual(['linked']);
    }
    await expectNothingLeftOver(begun.length);
  });
});

/** From its n-th statement on, the data source answers nothing. Resolves when that has come. */
function stopBefore(dataSource: DataSource, n: number): Promise<'stopped'> {
  let statements = 0;
  return new Promise((resolve) => {
    const isOver = (): boolean => {
      statements += 1;
      if (statements >= n) resolve('stopped');
      return statements >= n;
    };
    if (dataSource.options.type === 'postgres') stopPool(dataSource, isOver);
    else
      wrapQueries(
        dataSource,
        (query) =>
          (...given) =>
            isOver() ? new Promise(() => undefined) : query(...given),
      );
  });
}

type Connect = (...given: unknown[]) => unknown;

function stopPool({ driver }: DataSource, isOver: () => boolean): void {
  const { master } = driver as unknown as { readonly master: { connect: Connect } };
  const connect = master.connect.bind(master);
  master.connect = (...given) => (isOver() ? undefined : connect(...given));
}
