import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  getVodaPayInquiryToken,
  getVodaPaySessionToken,
  InjectVodaPayInquiry,
  InjectVodaPaySessions,
  VodaPayAuthGuard,
  VodaPayInquiryService,
  VodaPayModule,
  VodaPaySessionService,
  VodaPayStrategy,
} from 'nestjs-vodapay';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mustStandApart } from '../../libs/vodapay/src/must-stand-apart.js';
import { startMerchant } from '../login/start-merchant.js';
import { NAMES, startTwoInstances, TOKENS, type InstanceName, type TwoInstances } from './two-instances.js';

const USER = '216610000000000000001';
const OTHER: Readonly<Record<InstanceName, InstanceName>> = { main: 'shop', shop: 'main' };

describe.each([
  ['namespaces of their own', {}],
  ['a namespace in common', { main: { namespace: 'common' }, shop: { namespace: 'common' } }],
])('R14: two instances in one application, with %s', (_title, options) => {
  let two: TwoInstances;
  beforeEach(async () => {
    two = await startTwoInstances(options);
  });
  afterEach(() => two.close());

  it.each(NAMES)('serve their own sessions and refuse those of the other: %s', async (name) => {
    const bearer = await two.signedIn(name, USER);
    for (let time = 0; time < 3; time += 1) {
      expect((await two.me(name, bearer)).body).toMatchObject({ userId: USER, credential: 'session' });
      const refused = await two.me(OTHER[name], bearer);
      expect([refused.status, refused.body['code']]).toEqual([401, 'VODAPAY_SESSION_INVALID']);
    }
  });

  it.each(NAMES)("take no auth code of the other's wallet: %s", async (name) => {
    const foreign = two.wallets[OTHER[name]].issueCode({ userId: USER });
    expect((await two.login(name, foreign)).body['code']).toBe('VODAPAY_AUTH_CODE_INVALID');
    expect(two.wallets[OTHER[name]].calls).toHaveLength(0);
    expect((await two.login(OTHER[name], foreign)).status).toBe(200);
  });

  it('end and list their own sessions only, whatever the account ids are', async () => {
    const bearers = { main: await two.signedIn('main', USER), shop: await two.signedIn('shop', USER) };
    const owners = NAMES.map(async (name) => String((await two.me(name, bearers[name])).body['accountId']));
    const accounts = [...new Set(await Promise.all(owners))];
    const sessions = two.app.get<VodaPaySessionService>(getVodaPaySessionToken('shop'), { strict: false });

    const listed = await Promise.all(accounts.map((accountId) => sessions.list(accountId)));
    await Promise.all(accounts.map((accountId) => sessions.endSessions(accountId)));

    expect(listed.flat()).toHaveLength(1);
    expect((await two.me('shop', bearers.shop)).status).toBe(401);
    expect((await two.me('main', bearers.main)).status).toBe(200);
  });

  it('open no sealed token of the other, though row and key were made to fit', async () => {
    const bearer = await two.signedIn('main', USER);
    await two.signedIn('shop', USER);
    const [main] = await two.dataSource.query<{ client_id: string; namespace: string }[]>(
      "SELECT client_id, namespace FROM vodapay_session WHERE client_id LIKE '%1'",
    );
    expect(main).toBeDefined();
    await two.dataSource.query(
      `UPDATE vodapay_session SET validated_at = 0, client_id = '2021072700000000000002', namespace = ` +
        `(SELECT namespace FROM vodapay_account_link WHERE client_id LIKE '%2' UNION SELECT 'common' LIMIT 1) ` +
        "WHERE client_id LIKE '%1'",
    );

    const { status, body } = await two.me('shop', bearer);

    expect([status, body['code']]).toEqual([401, 'VODAPAY_SEALED_TOKEN_UNREADABLE']);
  });
});

describe("The circuit of one instance's wallet", () => {
  it.each(NAMES)('is open for that instance alone, whose other may ask its own wallet: %s', async (name) => {
    const options = { namespace: 'common', resilience: { circuitMinimumCalls: 1 } };
    const two = await startTwoInstances({ main: options, shop: options });
    const login = (instance: InstanceName) => two.login(instance, two.wallets[instance].issueCode({ userId: USER }));
    const stateOf = (instance: InstanceName): string | undefined =>
      two
        .parts(instance)
        .find((part) => part instanceof VodaPayInquiryService)
        ?.circuit('applyToken').state;
    two.wallets[name].faults.add({ fault: 'reset', calls: ['token'], times: 1 });

    await login(name);
    const asked = two.wallets[name].calls.length;
    const refused = await login(name);
    const served = await login(OTHER[name]);

    expect([refused.body['code'], two.wallets[name].calls.length]).toEqual(['VODAPAY_CIRCUIT_OPEN', asked]);
    expect(served.status).toBe(200);
    expect([stateOf(name), stateOf(OTHER[name])]).toEqual(['open', 'closed']);
    await two.close();
  });
});

describe('A named instance', () => {
  it('is injected by its name, the default one by class', async () => {
    const two = await startTwoInstances();
    const [main, shop] = [two.parts('main'), two.parts('shop')];
    TOKENS.forEach((tokenOf, index) => {
      expect(main[index]).toBeInstanceOf(tokenOf());
      expect(shop[index]).toBeInstanceOf(tokenOf());
      expect(shop[index] === main[index]).toBe(false);
    });
    expect([main, shop].map((parts) => (parts[0] as VodaPayStrategy).name)).toEqual(['vodapay', 'vodapay:shop']);
    await two.close();
  });

  it('comes into a constructor by a decorator', async () => {
    class Shop {
      constructor(
        @InjectVodaPayInquiry('shop') readonly inquiry: VodaPayInquiryService,
        @InjectVodaPaySessions('shop') readonly sessions: VodaPaySessionService,
      ) {}
    }
    const parts = [getVodaPayInquiryToken('shop'), getVodaPaySessionToken('shop')];
    @Module({ providers: [Shop, ...parts.map((provide) => ({ provide, useValue: { of: provide } }))] })
    class ShopModule {}

    const testing = await Test.createTestingModule({ imports: [ShopModule] }).compile();

    const { inquiry, sessions } = testing.get(Shop, { strict: false });
    expect([inquiry, sessions]).toEqual([{ of: 'VodaPayInquiryService:shop' }, { of: 'VodaPaySessionService:shop' }]);
  });

  it('whose guard nobody provides stops start-up instead of letting requests through', async () => {
    @Module({ providers: [VodaPayAuthGuard('forgotten')] })
    class Forgetful {}
    await expect(Test.createTestingModule({ imports: [Forgetful] }).compile()).rejects.toThrow(
      /VodaPayAuthGuard:forgotten/,
    );
  });

  it.each(['', 'my shop', 'a:b', 'x'.repeat(33), 7])('is not named %j', (name) => {
    expect(() => VodaPayModule.forRoot({ name } as unknown as Parameters<typeof VodaPayModule.forRoot>[0])).toThrow(
      /name of an instance/,
    );
    expect(() => VodaPayAuthGuard(name as string)).toThrow(TypeError);
  });
});

describe('Start-up stops when instances of one application', () => {
  const shop = { name: 'shop', namespace: 'sandbox:1', clientId: '1' };

  it('have one name', () => {
    expect(() => mustStandApart(shop, [{ ...shop, clientId: '2' }])).toThrow(/two instances are named "shop"/);
  });

  it('have one client id in one namespace, and so would take the sessions of each other', async () => {
    expect(() => mustStandApart(shop, [{ ...shop, name: 'main' }])).toThrow(/same clientId and namespace/);
    const same = { clientId: '2021072700000000000009', namespace: 'common' };
    await expect(startTwoInstances({ main: same, shop: same })).rejects.toThrow(/same clientId and namespace/);
  });

  it('and goes on when they differ', () => {
    expect(() => mustStandApart(shop, [{ ...shop, name: 'main', clientId: '2' }])).not.toThrow();
  });
});

describe('The guard', () => {
  it('is a class of which there are instances and subclasses, and a function', () => {
    class Stricter extends VodaPayAuthGuard {}
    const guard = Object.create(Stricter.prototype) as object;
    expect(guard).toBeInstanceOf(VodaPayAuthGuard);
    expect(VodaPayAuthGuard.name).toBe('VodaPayAuthGuard');
    expect(typeof VodaPayAuthGuard('shop')).toBe('function');
  });
});

describe('Two applications in one process', () => {
  it('do not meet: each asks its own wallet, and takes no session of the other', async () => {
    const [one, two] = [await startMerchant(), await startMerchant()];

    const bearers = [await one.signedIn(USER), await two.signedIn(USER)];

    expect([one.wallet.calls.length, two.wallet.calls.length]).toEqual([2, 2]);
    expect((await one.request('GET', '/me', { bearer: bearers[0] ?? '' })).status).toBe(200);
    expect((await one.request('GET', '/me', { bearer: bearers[1] ?? '' })).status).toBe(401);
    await Promise.all([one.close(), two.close()]);
  });
});
