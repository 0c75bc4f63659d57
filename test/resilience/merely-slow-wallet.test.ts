import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { VodaPayInquiryService } from '../../libs/vodapay/src/inquiry/vodapay-inquiry.service.js';
import { DEFAULTS } from '../../libs/vodapay/src/vodapay.options.js';
import { inquiryOver } from '../inquiry/inquiry-under-test.js';
import { answering, ScriptedWallet } from '../inquiry/scripted-wallet.js';
import { recordSecret } from '../leaks/record-secret.js';

const TIMEOUT_MS = 1_000;
const LATENCY_MS = 300;
const LOGINS = 400;
const EVERY_MS = 10;
/** Of them three quarters for sign-ins. */
const SLOTS = 16;

it('A wallet that is merely slow serves a flood of logins as far as its latency allows, and no circuit opens', async () => {
  const wallet = new ScriptedWallet();
  onTestFinished(() => wallet.close());
  const baseUrl = `http://127.0.0.1:${await wallet.listen()}`;
  wallet.script((call, response) => void setTimeout(() => answering(call, response), LATENCY_MS));
  const resilience = { ...DEFAULTS.resilience, maxConnections: SLOTS };
  const inquiry = inquiryOver({ baseUrl, timeoutMs: TIMEOUT_MS, resilience });
  const startedAt = performance.now();
  const logins: Promise<string>[] = [];
  for (; logins.length < LOGINS; await delay(EVERY_MS)) logins.push(login(inquiry, logins.length));
  const outcomes = await Promise.all(logins);
  const signedIn = outcomes.filter((outcome) => outcome === 'signed in').length;
  // All slots all the time, at two calls a login.
  const possible = Math.floor((((SLOTS * 3) / 4) * (performance.now() - startedAt)) / (2 * LATENCY_MS));
  process.stdout.write(
    `a wallet at ${LATENCY_MS} ms: ${signedIn} of ${LOGINS} logins, ${possible} being possible; ${wallet.calls.length} calls\n`,
  );
  expect(signedIn).toBeGreaterThan(possible / 2);
  expect([inquiry.circuit('applyToken').state, inquiry.circuit('inquiryUserInfo').state]).toEqual(['closed', 'closed']);
});

async function login(inquiry: VodaPayInquiryService, number: number): Promise<string> {
  const authCode = recordSecret('auth code', `0000000001MERELY${String(number).padStart(24, '0')}`);
  try {
    const { accessToken } = await inquiry.applyToken(authCode);
    await inquiry.inquiryUserInfo(accessToken, { purpose: 'finish-sign-in' });
    return 'signed in';
  } catch (error) {
    return error instanceof Error ? error.name : 'failed';
  }
}
