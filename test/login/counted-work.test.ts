import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { statementCounter } from '../databases/statement-counter.js';
import { recordSecret } from '../leaks/record-secret.js';
import { startMerchant, type Merchant } from './start-merchant.js';

describe.each(['sqlite', 'postgres'] as const)('What a request costs the database, on %s:', (database) => {
  const counter = statementCounter();
  let merchant: Merchant;
  beforeAll(async () => {
    const { logger } = counter;
    merchant = await startMerchant({ database, logger, options: { credentials: { accessToken: true } } });
  });
  afterAll(() => merchant.close());

  it('a guarded request with a session that is known costs none', async () => {
    const bearer = await merchant.signedIn('216610000000000000001');
    await merchant.request('GET', '/me', { bearer });
    const statements = await counter.during(() => merchant.request('GET', '/me', { bearer }));
    expect(statements).toEqual([]);
  });

  it('a first login costs four statements and the one that opens the session, a returning one costs two', async () => {
    const first = await counter.during(() => merchant.login('216610000000000000002'));
    const returning = await counter.during(() => merchant.login('216610000000000000002'));
    expect(first.map(verbOf)).toEqual(['SELECT', 'INSERT', 'UPDATE', 'INSERT', 'INSERT']);
    expect(returning.map(verbOf)).toEqual(['SELECT', 'INSERT']);
  });

  it('a returning login by access token costs one', async () => {
    const userId = '216610000000000000003';
    await merchant.login(userId);
    const { accessToken } = await merchant.inquiry.applyToken(merchant.wallet.issueCode({ userId }));
    const bearer = recordSecret('access token', accessToken);
    const statements = await counter.during(() => merchant.request('GET', '/me', { bearer }));
    expect(statements.map(verbOf)).toEqual(['SELECT']);
  });
});

it('The private key is parsed at start-up, and never again', async () => {
  const { createPrivateKey, sign } = crypto;
  const texts: unknown[] = [];
  onTestFinished(() => {
    Object.assign(crypto, { createPrivateKey, sign });
    syncBuiltinESMExports();
  });
  const merchant = await startMerchant();
  onTestFinished(() => merchant.close());
  Object.assign(crypto, {
    createPrivateKey: (...given: Parameters<typeof createPrivateKey>) => {
      texts.push('createPrivateKey');
      return createPrivateKey(...given);
    },
    // A key that is no KeyObject would be parsed inside.
    sign: (...given: Parameters<typeof sign>) => {
      const [, , key] = given;
      if (!isParsed(key)) texts.push('sign');
      return sign(...given);
    },
  });
  syncBuiltinESMExports();

  await Promise.all([1, 2, 3].map((n) => merchant.login(`21661000000000000010${n}`)));

  expect(merchant.wallet.calls).toHaveLength(6);
  expect(texts).toEqual([]);
});

const verbOf = (sql: string): string => sql.split(' ')[0] ?? '';

function isParsed(key: unknown): boolean {
  if (key instanceof crypto.KeyObject) return true;
  return typeof key === 'object' && key !== null && 'key' in key && key.key instanceof crypto.KeyObject;
}
