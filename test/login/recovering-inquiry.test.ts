import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEFAULTS } from '../../libs/vodapay/src/vodapay.options.js';
import { GivenClock } from '../inquiry/resilience/given-clock.js';
import { startMerchant, type Merchant } from './start-merchant.js';

const USER = '216610000000000005501';
const clock = new GivenClock();

let merchant: Merchant;
beforeAll(async () => {
  merchant = await startMerchant({
    monotonicMs: clock.read,
    options: { resilience: { circuitMinimumCalls: 1, circuitFailureRatio: 0.01, retryBudget: 0 } },
  });
});
afterAll(() => merchant.close());

it('While the inquiry fails one login at a time spends its auth code to try it', async () => {
  await merchant.login(USER, 'inquiry:503');
  expect(merchant.inquiry.circuit('inquiryUserInfo').state).toBe('open');
  clock.now += DEFAULTS.resilience.circuitProbeEveryMs;
  const before = merchant.wallet.calls.length;
  const answers = await Promise.all(Array.from({ length: 10 }, () => merchant.login(USER)));
  const signedIn = answers.filter(({ status }) => status === 200);
  const refused = answers.filter(({ status }) => status !== 200);
  expect(signedIn).not.toHaveLength(0);
  expect(refused).not.toHaveLength(0);
  // Nobody who is refused has spent his code.
  for (const { status, body } of refused) {
    expect({ status, ...body }).toMatchObject({ status: 503, code: 'VODAPAY_CIRCUIT_OPEN', next: 'retry' });
  }
  expect(merchant.wallet.calls.length - before).toBe(2 * signedIn.length);
  expect(merchant.inquiry.circuit('inquiryUserInfo').state).toBe('closed');
  expect((await merchant.login(USER)).status).toBe(200);
});

it('A login that fails before the inquiry leaves the try to the next one', async () => {
  await merchant.login(USER, 'inquiry:503');
  clock.now += DEFAULTS.resilience.circuitProbeEveryMs;
  expect((await merchant.login(USER, 'token:USED_CODE')).status).toBe(401);
  expect((await merchant.login(USER)).status).toBe(200);
});
