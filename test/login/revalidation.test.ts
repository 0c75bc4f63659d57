import { describe, expect, it } from 'vitest';
import { VodaPayError } from '../../libs/vodapay/src/errors/vodapay-error.js';
import type { VodaPayErrorCode } from '../../libs/vodapay/src/errors/vodapay-errors.js';
import { afterSpentCode } from '../../libs/vodapay/src/login/after-spent-code.js';
import { revalidationVerdict } from '../../libs/vodapay/src/login/revalidation-verdict.js';
import { sessionFreshness } from '../../libs/vodapay/src/login/session-freshness.js';

describe('The age of a session', () => {
  it.each([
    [0, 'fresh'],
    [239_999, 'fresh'],
    [240_000, 'ageing'],
    [299_999, 'ageing'],
    [300_000, 'due'],
    [-5_000, 'fresh'],
    [-60_000, 'fresh'],
    [-60_001, 'due'],
  ] as const)('%d ms after the last confirmation with revalidateAfterMs 300000: %s', (ageMs, expected) => {
    expect(sessionFreshness(ageMs, 300_000)).toBe(expected);
  });

  it('is due at every request when revalidateAfterMs is 0', () => {
    expect(sessionFreshness(0, 0)).toBe('due');
  });
});

describe('A failed revalidation', () => {
  it.each<[VodaPayErrorCode, boolean, string]>([
    ['VODAPAY_ACCESS_TOKEN_INVALID', true, 'ends'],
    ['VODAPAY_WALLET_USER_INACTIVE', true, 'ends'],
    ['VODAPAY_REAUTHENTICATION_REQUIRED', true, 'ends'],
    ['VODAPAY_ACCESS_TOKEN_INVALID', false, 'unanswered'],
    ['VODAPAY_ACCESS_DENIED', false, 'unanswered'],
    ['VODAPAY_UNKNOWN_EXCEPTION', true, 'unanswered'],
    ['VODAPAY_MERCHANT_REFUSED', true, 'unanswered'],
    ['VODAPAY_RESPONSE_SIGNATURE_INVALID', false, 'unanswered'],
    ['VODAPAY_DEADLINE_EXCEEDED', false, 'unanswered'],
    ['VODAPAY_CIRCUIT_OPEN', false, 'unanswered'],
    ['VODAPAY_STORE_UNAVAILABLE', false, 'refuses'],
    ['VODAPAY_ACCOUNT_DISABLED', false, 'refuses'],
    ['VODAPAY_SEALED_TOKEN_UNREADABLE', false, 'refuses'],
  ])('R9: %s (verified: %s) %s the session', (code, verified, verdict) => {
    expect(revalidationVerdict(new VodaPayError(code, { verified }))).toBe(verdict);
  });
});

describe('A failure after the one-time auth code was sent', () => {
  it('asks for a new auth code where it would have said retry', () => {
    const error = new VodaPayError('VODAPAY_UNKNOWN_EXCEPTION', { verified: true, resultCode: 'UNKNOWN_EXCEPTION' });
    const told = afterSpentCode(error) as VodaPayError;
    expect(told).toMatchObject({
      code: error.code,
      next: 'new-auth-code',
      verified: true,
      resultCode: 'UNKNOWN_EXCEPTION',
    });
    expect(told.message).toBe(error.message);
  });

  it('keeps retry where the code surely never left', () => {
    const error = new VodaPayError('VODAPAY_UNREACHABLE', { neverSent: true });
    expect(afterSpentCode(error, { unlessNeverSent: true })).toBe(error);
  });

  it('leaves refusals and foreign errors alone', () => {
    const refusal = new VodaPayError('VODAPAY_ACCOUNT_DISABLED');
    const foreign = new Error('bug');
    expect(afterSpentCode(refusal)).toBe(refusal);
    expect(afterSpentCode(foreign)).toBe(foreign);
  });
});
