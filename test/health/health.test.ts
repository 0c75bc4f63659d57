import { HealthCheckService, TerminusModule } from '@nestjs/terminus';
import { VodaPayHealthIndicator } from 'nestjs-vodapay';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMerchant, type Merchant } from '../login/start-merchant.js';

let merchant: Merchant;
let indicator: VodaPayHealthIndicator;
const CLOSED = { applyToken: 'closed', inquiryUserInfo: 'closed' };

beforeAll(async () => {
  merchant = await startMerchant({
    module: { imports: [TerminusModule.forRoot({ logger: false })] },
    options: { resilience: { circuitMinimumCalls: 1, circuitFailureRatio: 0.01, retryBudget: 0 } },
  });
  indicator = merchant.app.get(VodaPayHealthIndicator);
});
afterAll(() => merchant.close());

const asked = () => merchant.app.get(HealthCheckService, { strict: false }).check([() => indicator.check('vodapay')]);

describe('the health indicator', () => {
  it('is up while the database answers, and asks the wallet nothing', async () => {
    const calls = merchant.wallet.calls.length;
    expect(await asked()).toMatchObject({
      status: 'ok',
      details: { vodapay: { status: 'up', database: 'up', wallet: CLOSED } },
    });
    expect(merchant.wallet.calls.length).toBe(calls);
  });

  it('stays up while the wallet is away, and tells that its calls are paused', async () => {
    await merchant.login('216610000000000004401', 'inquiry:503');
    expect(await asked()).toMatchObject({
      status: 'ok',
      details: { vodapay: { status: 'up', wallet: { ...CLOSED, inquiryUserInfo: 'open' } } },
    });
  });

  it('is down, in the form that terminus answers with 503, when the database is away', async () => {
    await merchant.dataSource.destroy();
    await expect(asked()).rejects.toMatchObject({
      status: 503,
      response: { status: 'error', error: { vodapay: { status: 'down', database: 'down' } } },
    });
    expect(await indicator.check('shop', { timeoutMs: 50 })).toMatchObject({ shop: { status: 'down' } });
  });
});
