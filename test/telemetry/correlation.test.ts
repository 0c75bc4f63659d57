import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { VodaPayLoginService } from '../../libs/vodapay/src/login/login.service.js';
import { correlated, correlationId } from '../../libs/vodapay/src/telemetry/correlation.js';
import { DEFAULTS } from '../../libs/vodapay/src/vodapay.options.js';
import { ACCESS_TOKEN, inquiryOver } from '../inquiry/inquiry-under-test.js';
import { hangUp, success, walletKeys } from '../inquiry/scripted-wallet.js';
import { useScriptedWallet } from '../inquiry/use-scripted-wallet.js';
import { recordSecret } from '../leaks/record-secret.js';
import { MemoryAccounts } from '../linking/memory-accounts.js';
import { startMerchant, type Merchant } from '../login/start-merchant.js';
import { idsOf, logged } from './logged-lines.js';

const REVALIDATE_AFTER_MS = 300_000;

/** A merchant whose accounts take no profile, and who has two candidates for anybody. */
class Accounts extends MemoryAccounts {
  override async updateProfile(): Promise<void> {
    throw new Error('no such column');
  }

  override async findCandidates() {
    return ['one', 'another'].map((id) => ({ id, contact: 'email', contactVerified: true }) as const);
  }
}

const accounts = new Accounts();
let merchant: Merchant;
beforeAll(async () => {
  const linking = {
    profileSync: 'on-login',
    merchantName: 'Corner Shop',
    proofSender: { send: async () => undefined },
  };
  merchant = await startMerchant({
    options: {
      accounts,
      credentials: { accessToken: true },
      linking: linking as object,
      resilience: { maxConnections: 2 },
    },
  });
});
afterAll(() => merchant.close());

let users = 0;
const newUser = (): string => `2166100000000000009${String((users += 1)).padStart(2, '0')}`;
const eventsOf = (lines: Awaited<ReturnType<typeof logged>>) => lines.map(({ message }) => message['event']);

/** The storages that anybody of the process enters while the work is done. */
async function entered(work: () => Promise<unknown>): Promise<ReadonlySet<unknown>> {
  const spies = (['run', 'enterWith'] as const).map((name) => vi.spyOn(AsyncLocalStorage.prototype, name));
  onTestFinished(() => spies.forEach((spy) => spy.mockRestore()));
  await work();
  return new Set(spies.flatMap((spy) => spy.mock.contexts));
}

describe('What each request does enters no AsyncLocalStorage, which would make all others dearer:', () => {
  it('a returning login by auth code', async () => {
    const userId = newUser();
    await merchant.login(userId);
    expect(await entered(() => merchant.login(userId))).toEqual(new Set());
  });

  it('a returning login by access token', async () => {
    const userId = newUser();
    await merchant.login(userId);
    const { accessToken } = await merchant.inquiry.applyToken(merchant.wallet.issueCode({ userId }));
    const bearer = recordSecret('access token', accessToken);
    expect(await entered(() => merchant.request('GET', '/me', { bearer }))).toEqual(new Set());
  });

  it('a login that is refused', async () => {
    expect(await entered(() => merchant.login(newUser(), 'inquiry:ACCESS_DENIED'))).toEqual(new Set());
  });

  it('a request with a session, fresh or due', async () => {
    const bearer = await merchant.signedIn(newUser());
    const storages = await entered(async () => {
      expect((await merchant.request('GET', '/me', { bearer })).status).toBe(200);
      merchant.clock.now += REVALIDATE_AFTER_MS;
      expect((await merchant.request('GET', '/me', { bearer })).status).toBe(200);
    });
    expect(storages).toEqual(new Set());
  });
});

it('A first login enters one, and leaves it again for the process', async () => {
  const disable = vi.spyOn(AsyncLocalStorage.prototype, 'disable');
  onTestFinished(() => disable.mockRestore());
  const [storage, ...others] = await entered(() => merchant.login(newUser()));
  expect(others).toEqual([]);
  expect(disable.mock.contexts).toEqual([storage]);
  expect(storage).toBeInstanceOf(AsyncLocalStorage);
  // Below Node 24 this is what promises pay for.
  expect(storage).not.toMatchObject({ enabled: true });
});

describe('One correlation id joins the lines of', () => {
  it('a returning login and its profile that could not be kept', async () => {
    const userId = newUser();
    await merchant.login(userId);
    const lines = await logged(() => merchant.login(userId));
    expect(eventsOf(lines)).toContain('vodapay.directory.profile-not-synced');
    expect(eventsOf(lines)).toContain('vodapay.login.succeeded');
    expect([...idsOf(lines)]).toEqual([expect.any(String)]);
  });

  it('each of many logins, though their calls wait for the turns of others', async () => {
    const lines = await logged(() => Promise.all(Array.from({ length: 8 }, () => merchant.login(newUser()))));
    const ids = [...idsOf(lines)];
    expect(ids).toHaveLength(8);
    for (const id of ids) {
      const own = lines.filter(({ message }) => message['correlationId'] === id);
      expect(eventsOf(own)).toEqual([
        'vodapay.wallet.attempt',
        'vodapay.wallet.attempt',
        'vodapay.link.changed',
        'vodapay.login.succeeded',
      ]);
    }
  });

  it('a login by ticket', async () => {
    const logins = merchant.app.get(VodaPayLoginService, { strict: false });
    const authCode = recordSecret('auth code', merchant.wallet.issueCode({ userId: newUser() }));
    const refused = logins.authenticate({ body: { authCode } }, { credentials: ['authCode'], linking: 'ask' });
    const { refusal } = await refused.then(
      () => Promise.reject(new Error('It asked for no proof.')),
      (error: { readonly refusal: { readonly ticket: string } }) => error,
    );
    const lines = await logged(() => logins.decline(recordSecret('link ticket', refusal.ticket)));
    expect(eventsOf(lines)).toEqual(['vodapay.link.changed', 'vodapay.login.succeeded']);
    expect([...idsOf(lines)]).toEqual([expect.any(String)]);
  });

  it('each of two logins that share one failure', async () => {
    const { onCreate } = accounts;
    onTestFinished(() => void (accounts.onCreate = onCreate));
    const failing = vi.fn(() => delay(20).then(() => Promise.reject(new Error('no such column'))));
    accounts.onCreate = failing;
    const { accessToken } = await merchant.inquiry.applyToken(merchant.wallet.issueCode({ userId: newUser() }));
    const bearer = recordSecret('access token', accessToken);
    const ask = () => merchant.request('GET', '/me', { bearer });
    const lines = await logged(() => Promise.all([ask(), ask()]));
    expect(failing).toHaveBeenCalledOnce();
    const ids = [...idsOf(lines)];
    expect(ids).toHaveLength(2);
    for (const id of ids) {
      const own = lines.filter(({ message }) => message['correlationId'] === id);
      expect(eventsOf(own).slice(-2)).toEqual(['vodapay.login.refused', 'vodapay.request.failed']);
    }
  });

  it.each<[string, (userId: string) => unknown, string]>([
    ['refreshes its tokens', (userId) => merchant.wallet.expire(userId), 'vodapay.wallet.attempt'],
    ['ends the session', (userId) => merchant.wallet.revoke(userId), 'vodapay.session.withdrawn'],
    [
      'finds unreadable tokens',
      () => merchant.dataSource.query(`UPDATE vodapay_session SET access_token = replace(access_token, 'v1', 'v2')`),
      'vodapay.session.unreadable',
    ],
  ])('a revalidation that %s', async (_, spoil, event) => {
    const userId = newUser();
    const bearer = await merchant.signedIn(userId);
    await spoil(userId);
    merchant.clock.now += REVALIDATE_AFTER_MS;
    const lines = await logged(() => merchant.request('GET', '/me', { bearer }));
    expect(eventsOf(lines)).toContain(event);
    expect([...idsOf(lines)]).toEqual([expect.any(String)]);
  });
});

describe("A call of the application's own", () => {
  const wallet = useScriptedWallet();

  it('hands its correlation id to each line that comes of it, of the circuit and of the keys too', async () => {
    const inquiry = inquiryOver({
      baseUrl: wallet.baseUrl,
      vodapayPublicKeys: new Map(),
      loadVodaPayKeys: async () => new Map([[1, walletKeys.publicKey]]),
      maxAttempts: 1,
      resilience: { ...DEFAULTS.resilience, circuitMinimumCalls: 2, circuitFailureRatio: 0.5 },
    });
    wallet.script(success, hangUp);
    const call = () => inquiry.inquiryUserInfo(ACCESS_TOKEN, { correlationId: 'request-7' });
    const lines = await logged(async () => {
      await call();
      await expect(call()).rejects.toMatchObject({ code: 'VODAPAY_UNREACHABLE' });
    });
    expect(eventsOf(lines)).toEqual([
      'vodapay.keys.learned',
      'vodapay.wallet.attempt',
      'vodapay.wallet.attempt',
      'vodapay.wallet.failed',
      'vodapay.circuit.opened',
    ]);
    expect([...idsOf(lines)]).toEqual(['request-7']);
  });
});

describe('Work that is correlated', () => {
  const told = async (): Promise<readonly unknown[]> => {
    const before = correlationId();
    await delay(1);
    return [before, await correlated(async () => correlationId()), correlationId()];
  };

  it('keeps its id in parallel and nested, also after all others have left', async () => {
    const once = (id: string) => correlated(told, id);
    const [a, b] = await Promise.all([once('a'), once('b')]);
    expect([a, b, await once('c')]).toEqual(['a', 'b', 'c'].map((id) => [id, id, id]));
    expect(correlationId()).toBeUndefined();
  });

  it('and goes on after the last one left never has the id of another', async () => {
    let late: Promise<readonly unknown[]> = Promise.resolve([]);
    await correlated(async () => {
      late = delay(1).then(async () => [correlationId(), await delay(1).then(() => correlationId())]);
    }, 'early');
    await correlated(() => late, 'another');
    expect((await late).filter((id) => id !== undefined && id !== 'early')).toEqual([]);
  });

  it('gives its id to the line that tells of its failure later', async () => {
    const error = new Error('full');
    await expect(correlated(() => Promise.reject(error), 'failed')).rejects.toBe(error);
    expect(correlationId(error)).toBe('failed');
  });
});
