import { generateKeyPairSync } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { HttpService } from '@nestjs/axios';
import { Logger } from '@nestjs/common';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startWallet } from '../../apps/wallet/src/start-wallet.js';
import { createHttpClient } from '../../libs/vodapay/src/inquiry/create-http-client.js';
import { VodaPayInquiryService } from '../../libs/vodapay/src/inquiry/vodapay-inquiry.service.js';
import { resolveOptions } from '../../libs/vodapay/src/resolve-options.js';
import { recordSecret } from '../leaks/record-secret.js';
import { MemoryAccounts } from '../linking/memory-accounts.js';

Logger.overrideLogger(false);

const CLIENT_ID = '2021072700000000000001';
const LIMIT = 20;
const ARRIVALS_A_SECOND = 60;
const SECONDS = 16;
const CALM_AFTER = 10;

it('A wallet that limits by rate sees its calls fall below its limit within ten seconds', async () => {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const merchantKey = keys.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const wallet = await startWallet({
    clientId: CLIENT_ID,
    merchantPublicKey: keys.publicKey,
    rateLimitPerSecond: LIMIT,
  });
  onTestFinished(() => wallet.stop());
  const options = resolveOptions({
    baseUrl: wallet.url,
    clientId: CLIENT_ID,
    privateKey: recordSecret('private key', merchantKey),
    vodapayPublicKey: wallet.publicKey,
    accounts: new MemoryAccounts(),
  });
  const http = new HttpService(createHttpClient(options));
  const inquiry = new VodaPayInquiryService(http, options, Date.now);
  onTestFinished(() => inquiry.onModuleDestroy());
  const userId = '216610000000000000001';
  const { accessToken } = await inquiry.applyToken(wallet.issueCode({ userId }));
  recordSecret('access token', accessToken);

  const startedAt = performance.now();
  const second = (): number => Math.floor((performance.now() - startedAt) / 1_000);
  const seen = Array.from({ length: SECONDS }, () => 0);
  const request = http.request.bind(http);
  vi.spyOn(http, 'request').mockImplementation((config) => {
    seen[second()] = (seen[second()] ?? 0) + 1;
    return request(config);
  });
  const calls: Promise<unknown>[] = [];
  while (second() < SECONDS) {
    const due = Math.floor(((performance.now() - startedAt) / 1_000) * ARRIVALS_A_SECOND);
    while (calls.length < due) calls.push(inquiry.inquiryUserInfo(accessToken).catch(() => undefined));
    await delay(5);
  }
  await Promise.all(calls);
  process.stdout.write(`calls by second, ${ARRIVALS_A_SECOND} arriving, ${LIMIT} allowed: ${seen.join(' ')}\n`);
  const calm = seen.slice(CALM_AFTER, SECONDS);
  expect(calm.reduce((sum, count) => sum + count, 0) / calm.length).toBeLessThanOrEqual(LIMIT);
  expect(Math.min(...calm)).toBeGreaterThan(0);
});
