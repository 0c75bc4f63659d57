import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startMerchant, type Merchant } from './start-merchant.js';

const MERCHANT_REFUSED =
  'token:INVALID_API inquiry:INVALID_API token:INVALID_AUTH_CLIENT inquiry:INVALID_AUTH_CLIENT ' +
  'INVALID_AUTH_CLIENT_STATUS REFERENCE_CLIENT_ID_NOT_MATCH AUTH_CLIENT_UNSUPPORTED_GRANT_TYPE ' +
  'token:EXPIRED_AGENT_TOKEN inquiry:INVALID_AGENT_TOKEN INVALID_SIGNATURE INVALID_CLIENT KEY_NOT_FOUND ' +
  'METHOD_NOT_SUPPORTED MEDIA_TYPE_NOT_ACCEPTABLE unsigned:INVALID_SIGNATURE';

/** DESIGN §5, row by row: what the wallet does → what the caller is told. `next` after a used-up auth code is a new one. */
const TABLE: readonly (readonly [fault: string, status: number, code: string, next: string])[] = [
  // auth code or token refused
  ['INVALID_CODE', 401, 'VODAPAY_AUTH_CODE_INVALID', 'new-auth-code'],
  ['USED_CODE', 401, 'VODAPAY_AUTH_CODE_USED', 'new-auth-code'],
  ['EXPIRED_CODE', 401, 'VODAPAY_AUTH_CODE_EXPIRED', 'new-auth-code'],
  ['INVALID_ACCESS_TOKEN', 401, 'VODAPAY_ACCESS_TOKEN_INVALID', 'new-auth-code'],
  ['EXPIRED_ACCESS_TOKEN', 401, 'VODAPAY_ACCESS_TOKEN_EXPIRED', 'new-auth-code'],
  ['token:ACCESS_DENIED', 403, 'VODAPAY_ACCESS_DENIED', 'none'],
  ['inquiry:ACCESS_DENIED', 403, 'VODAPAY_ACCESS_DENIED', 'none'],
  ['unsigned:INVALID_CODE', 401, 'VODAPAY_AUTH_CODE_INVALID', 'new-auth-code'],
  ['inquiry:unsigned:INVALID_ACCESS_TOKEN', 401, 'VODAPAY_ACCESS_TOKEN_INVALID', 'new-auth-code'],
  // PARAM_ILLEGAL
  ['token:PARAM_ILLEGAL', 400, 'VODAPAY_PARAM_ILLEGAL', 'new-auth-code'],
  ['inquiry:PARAM_ILLEGAL', 400, 'VODAPAY_PARAM_ILLEGAL', 'new-auth-code'],
  // the wallet refuses the merchant
  ...MERCHANT_REFUSED.split(' ').map((fault) => [fault, 502, 'VODAPAY_MERCHANT_REFUSED', 'none'] as const),
  ['token:PROCESS_FAIL', 502, 'VODAPAY_PROCESS_FAILED', 'none'],
  ['inquiry:PROCESS_FAIL', 502, 'VODAPAY_PROCESS_FAILED', 'none'],
  ['token:unseen-F', 502, 'VODAPAY_RESULT_UNKNOWN', 'none'],
  ['inquiry:unseen-F', 502, 'VODAPAY_RESULT_UNKNOWN', 'none'],
  // answers that are wrong
  ...(['token', 'inquiry'] as const).flatMap((call) =>
    (
      [
        ['unsigned', 502, 'VODAPAY_RESPONSE_UNSIGNED', 'none'],
        ['bad-signature', 502, 'VODAPAY_RESPONSE_SIGNATURE_INVALID', 'none'],
        ['stale', 502, 'VODAPAY_RESPONSE_STALE', 'none'],
        ['future', 502, 'VODAPAY_RESPONSE_STALE', 'none'],
        ['other-client', 502, 'VODAPAY_RESPONSE_CLIENT_MISMATCH', 'none'],
        ['unknown-key', 502, 'VODAPAY_RESPONSE_KEY_UNKNOWN', 'none'],
        ['not-json', 502, 'VODAPAY_RESPONSE_MALFORMED', 'none'],
        ['not-object', 502, 'VODAPAY_RESPONSE_MALFORMED', 'none'],
        ['no-result', 502, 'VODAPAY_RESPONSE_MALFORMED', 'none'],
        ['status-A', 502, 'VODAPAY_RESPONSE_MALFORMED', 'none'],
        ['html', 502, 'VODAPAY_RESPONSE_MALFORMED', 'none'],
        ['cut', 502, 'VODAPAY_RESPONSE_INCOMPLETE', 'none'],
        ['too-large', 502, 'VODAPAY_RESPONSE_TOO_LARGE', 'none'],
        ['redirect', 502, 'VODAPAY_RESPONSE_REDIRECT', 'none'],
        ['404', 502, 'VODAPAY_RESPONSE_STATUS_UNEXPECTED', 'none'],
        // unavailable
        ['429', 503, 'VODAPAY_TRAFFIC_LIMITED', 'new-auth-code'],
        ['traffic', 503, 'VODAPAY_TRAFFIC_LIMITED', 'new-auth-code'],
        ['U', 503, 'VODAPAY_UNKNOWN_EXCEPTION', 'new-auth-code'],
        ['unseen-U', 503, 'VODAPAY_UNKNOWN_EXCEPTION', 'new-auth-code'],
        ['500', 503, 'VODAPAY_WALLET_UNAVAILABLE', 'new-auth-code'],
        ['502', 503, 'VODAPAY_WALLET_UNAVAILABLE', 'new-auth-code'],
        ['reset', 503, 'VODAPAY_UNREACHABLE', 'new-auth-code'],
        // deadline
        ['slow', 504, 'VODAPAY_DEADLINE_EXCEEDED', 'new-auth-code'],
        ['hang', 504, 'VODAPAY_DEADLINE_EXCEEDED', 'new-auth-code'],
      ] as const
    ).map(([fault, status, code, next]) => [`${call}:${fault}`, status, code, next] as const),
  ),
  ['no-user-info', 502, 'VODAPAY_USER_INFO_MISSING', 'none'],
  ['no-user-id', 502, 'VODAPAY_USER_ID_UNUSABLE', 'none'],
  ['blank-user-id', 502, 'VODAPAY_USER_ID_UNUSABLE', 'none'],
  ['numeric-user-id', 502, 'VODAPAY_USER_ID_UNUSABLE', 'none'],
  ['no-access-token', 502, 'VODAPAY_RESPONSE_MALFORMED', 'none'],
];

describe('A wallet that answers wrongly gets nobody signed in', () => {
  let merchant: Merchant;
  beforeAll(async () => {
    merchant = await startMerchant({ options: { timeoutMs: 700 } });
  });
  afterAll(() => merchant.close());
  let before: number;
  beforeEach(() => {
    before = merchant.wallet.calls.length;
  });

  it.each(TABLE)('%s → %i %s', async (fault, status, code, next) => {
    const answer = await merchant.login('216610000000000000001', fault);
    expect(answer.body).toEqual({ statusCode: status, code, message: expect.any(String) as string, next });
    expect(answer.status).toBe(status);
    expect('retry-after' in answer.headers).toBe(status === 503);
    expect('www-authenticate' in answer.headers).toBe(status === 401);
    expect(merchant.accounts.keys).toEqual([]);
    expect(await merchant.count('vodapay_account_link')).toBe(0);
    expect(await merchant.count('vodapay_session')).toBe(0);
    expect(merchant.wallet.calls.slice(before).filter(({ operation }) => operation === 'applyToken')).toHaveLength(1);
  });
});

describe('A wallet that nobody can reach', () => {
  it('is a 503 that may be repeated with the same auth code, which never left', async () => {
    const merchant = await startMerchant();
    try {
      const authCode = merchant.wallet.issueCode({ userId: '216610000000000000001' });
      await merchant.wallet.stop();
      const { status, body } = await merchant.request('POST', '/login', { body: { authCode } });
      expect([status, body['code'], body['next']]).toEqual([503, 'VODAPAY_UNREACHABLE', 'retry']);
    } finally {
      await merchant.close();
    }
  });
});

describe('A wallet user who is frozen', () => {
  it('is refused with a code of her own, and no account', async () => {
    const userId = '216610000000000000077';
    const frozen = { userId, about: 'frozen', userInfo: { userId, status: 'FROZEN' } };
    const merchant = await startMerchant({ wallet: { users: [frozen] } });
    try {
      const { status, body } = await merchant.login(userId);
      expect([status, body['code']]).toEqual([403, 'VODAPAY_WALLET_USER_INACTIVE']);
      expect(merchant.accounts.keys).toEqual([]);
    } finally {
      await merchant.close();
    }
  });
});
