import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { DATABASE_KINDS } from '../databases/open-database.js';
import type { Answer } from './send-json.js';
import { startMerchant, type Merchant } from './start-merchant.js';

const userId = (n: number): string => `2166109${String(n).padStart(14, '0')}`;
function outcomes(answers: readonly Answer[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const key = `${status} ${String(body['outcome'] ?? body['code'])}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

describe.each(DATABASE_KINDS)('I1: parallel first logins through the guard on %s', { timeout: 120_000 }, (database) => {
  let merchant: Merchant;
  beforeEach(async () => {
    merchant = await startMerchant({ database, options: { timeoutMs: 30_000 } });
  });
  afterEach(() => merchant.close());

  it('100 of one user: 100 successes, one account, one link, create called once', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => merchant.login(userId(1))));
    expect(outcomes(answers)).toEqual({ '200 created': 1, '200 existing': 99 });
    expect(new Set(answers.map(({ body }) => body['accountId'])).size).toBe(1);
    expect(merchant.accounts.keys).toHaveLength(1);
    expect(await merchant.count('vodapay_account_link')).toBe(1);
  });

  it('1,000 of 200 users: 1,000 successes and 200 accounts', async () => {
    const answers = await Promise.all(Array.from({ length: 1_000 }, (_, n) => merchant.login(userId(n % 200))));
    expect(outcomes(answers)).toEqual({ '200 created': 200, '200 existing': 800 });
    expect(merchant.accounts.keys).toHaveLength(200);
    expect(await merchant.count('vodapay_account_link')).toBe(200);
    expect(await merchant.count('vodapay_session')).toBe(1_000);
  });
});

describe('A login under way', () => {
  it('makes its second call before another login makes its first', async () => {
    // Three quarters of two slots: one for sign-ins.
    const merchant = await startMerchant({ options: { resilience: { maxConnections: 2 } } });
    onTestFinished(() => merchant.close());
    const answers = await Promise.all(Array.from({ length: 5 }, (_, n) => merchant.login(userId(n))));
    expect(outcomes(answers)).toEqual({ '200 created': 5 });
    const operations = merchant.wallet.calls.map(({ operation }) => operation);
    expect(operations).toEqual(Array.from({ length: 5 }, () => ['applyToken', 'inquiryUserInfo']).flat());
  });
});
