import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../apps/wallet/src/faults/fault-rule.js';
import { startWallet, type RunningWallet } from '../../apps/wallet/src/start-wallet.js';
import { applyToken, CLIENT_ID, inquire, MERCHANT } from './merchant-client.js';

let wallet: RunningWallet;
let token: unknown;
let otherToken: unknown;

beforeAll(async () => {
  wallet = await startWallet({ clientId: CLIENT_ID, merchantPublicKey: MERCHANT.publicKey });
  token = (await applyToken(wallet.url, wallet.issueCode({ userId: 'one' }))).json['accessToken'];
  otherToken = (await applyToken(wallet.url, wallet.issueCode({ userId: 'one' }))).json['accessToken'];
});
afterAll(() => wallet.stop());
afterEach(() => wallet.faults.clear());

/** The statuses of so many inquiries, one after the other: `S S U …` */
async function statuses(count: number, accessToken: unknown = token): Promise<string> {
  const seen: string[] = [];
  for (let call = 0; call < count; call += 1) {
    seen.push((await inquire(wallet.url, accessToken)).json.result.resultStatus);
  }
  return seen.join(' ');
}

describe('A rule spoils', () => {
  it.each<readonly [string, Partial<FaultRule>, string]>([
    ['the third call only', { nth: 3 }, 'S S U S S S'],
    ['the calls from the second to the fourth', { from: 2, to: 4 }, 'S U U U S S'],
    ['every call from the fifth on', { from: 5 }, 'S S S S U U'],
    ['the calls up to the second', { to: 2 }, 'U U S S S S'],
    ['two calls from the third on', { from: 3, times: 2 }, 'S S U U S S'],
    ['every call by a rate of 1', { rate: 1 }, 'U U U U U U'],
  ])('%s', async (_, condition, expected) => {
    wallet.faults.add({ userId: 'one', fault: 'inquiry:U', ...condition });
    expect(await statuses(6)).toBe(expected);
  });

  it('the calls that the lot of its seed picks, the same each time', async () => {
    const runs: string[] = [];
    for (const seed of [7, 7, 8]) {
      wallet.faults.add({ calls: ['inquiry'], fault: 'U', rate: 0.5, seed });
      runs.push(await statuses(12));
      wallet.faults.clear();
    }
    expect(runs[0]).toBe(runs[1]);
    expect(runs[0]).not.toBe(runs[2]);
    expect(runs[0]).toMatch(/U.*S|S.*U/);
  });

  it('about the share of calls that its rate says', async () => {
    wallet.faults.add({ calls: ['inquiry'], fault: 'U', rate: 0.1 });
    const spoilt = (await statuses(200)).split(' ').filter((status) => status === 'U').length;
    expect(spoilt).toBeGreaterThanOrEqual(8);
    expect(spoilt).toBeLessThanOrEqual(35);
    expect(wallet.faults.list()).toEqual([
      { id: expect.any(Number), calls: ['inquiry'], fault: 'U', rate: 0.1, seen: 200, spoilt },
    ]);
  });

  it('the calls with one very token, and those of its owner with another not', async () => {
    wallet.faults.add({ token: String(token), fault: 'inquiry:U' });
    expect(await statuses(2)).toBe('U U');
    expect(await statuses(2, otherToken)).toBe('S S');
  });

  it('a call once even when two rules come up: the older one', async () => {
    wallet.faults.add({ userId: 'one', fault: 'inquiry:U', nth: 1 });
    wallet.faults.add({ userId: 'one', fault: 'inquiry:PROCESS_FAIL', nth: 2 });
    expect(await statuses(3)).toBe('U F S');
  });

  it('nothing any more once it is removed', async () => {
    const id = wallet.faults.add({ userId: 'one', fault: 'inquiry:U' });
    expect(await statuses(1)).toBe('U');
    expect([wallet.faults.remove(id), wallet.faults.remove(id)]).toEqual([true, false]);
    expect(await statuses(1)).toBe('S');
  });
});

describe('A rule that can never apply is refused:', () => {
  it.each<readonly [string, Partial<FaultRule>, RegExp]>([
    ['call number 0', { nth: 0 }, /nth must be a whole number from 1/],
    ['half a call', { from: 1.5 }, /from must be a whole number/],
    ['nth and from', { nth: 1, from: 2 }, /nth, or from and to, not both/],
    ['an end before its beginning', { from: 3, to: 2 }, /to must not be less than from/],
    ['a rate of nothing', { rate: 0 }, /rate must be a number above 0, at most 1/],
    ['a rate of more than all', { rate: 1.1 }, /rate must be/],
    ['a seed with a fraction', { seed: 0.5 }, /seed must be a whole number/],
    ['a fault for another call', { calls: ['token'] }, /is for inquiry, not token/],
  ])('%s', (_, rule, message) => {
    expect(() => wallet.faults.add({ fault: 'no-user-id', ...rule })).toThrow(message);
    expect(wallet.faults.list()).toEqual([]);
  });
});

describe('The control port', () => {
  const send = (path: string, method: string): Promise<Response> => fetch(wallet.controlUrl + path, { method });

  it('takes a rule by query, and takes it back by its id', async () => {
    const added = await send('/faults?userId=one&operation=inquiry&fault=U&nth=2&times=1', 'POST');
    const { id } = (await added.json()) as { id: number };
    expect(wallet.faults.list()).toMatchObject([{ id, userId: 'one', calls: ['inquiry'], nth: 2, times: 1 }]);
    expect(await statuses(3)).toBe('S U S');

    await send('/faults?operation=inquiry&fault=U&rate=0.5&seed=3', 'POST');
    const [rule] = wallet.faults.list();
    expect((await send(`/faults?id=${rule?.id}`, 'DELETE')).status).toBe(204);
    expect((await send(`/faults?id=${rule?.id}`, 'DELETE')).status).toBe(404);
    expect(wallet.faults.list()).toEqual([]);
  });

  it('gives a code by query, with scopes and a fault', async () => {
    const reply = await send('/codes?userId=by-query&scopes=auth_base,auth_user&fault=inquiry:frozen', 'POST');
    const { authCode } = (await reply.json()) as { authCode: string };
    const accessToken = (await applyToken(wallet.url, authCode)).json['accessToken'];
    const { userInfo } = (await inquire(wallet.url, accessToken)).json;
    expect(userInfo).toMatchObject({ userId: 'by-query', status: 'FROZEN' });
    expect(userInfo).not.toHaveProperty('contactInfos');
  });

  it('says what is wrong with a rule', async () => {
    const refused = await send('/faults?operation=inquiry&fault=U&rate=often', 'POST');
    expect(refused.status).toBe(400);
    expect(await refused.json()).toEqual({ message: 'rate must be a number.' });
  });
});
