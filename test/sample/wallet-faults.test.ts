import { describe, expect, it } from 'vitest';
import { authCode, login, send } from './client.js';
import { useSample } from './use-sample.js';

type Row = readonly [fault: string, status: number, code: string];

/** What either call of a login can meet. */
const OF_EITHER_CALL: readonly Row[] = [
  ['bad-signature', 502, 'VODAPAY_RESPONSE_SIGNATURE_INVALID'],
  ['unsigned', 502, 'VODAPAY_RESPONSE_UNSIGNED'],
  ['stale', 502, 'VODAPAY_RESPONSE_STALE'],
  ['future', 502, 'VODAPAY_RESPONSE_STALE'],
  ['other-client', 502, 'VODAPAY_RESPONSE_CLIENT_MISMATCH'],
  ['unknown-key', 502, 'VODAPAY_RESPONSE_KEY_UNKNOWN'],
  ['not-json', 502, 'VODAPAY_RESPONSE_MALFORMED'],
  ['not-object', 502, 'VODAPAY_RESPONSE_MALFORMED'],
  ['no-result', 502, 'VODAPAY_RESPONSE_MALFORMED'],
  ['status-A', 502, 'VODAPAY_RESPONSE_MALFORMED'],
  ['too-large', 502, 'VODAPAY_RESPONSE_TOO_LARGE'],
  ['cut', 502, 'VODAPAY_RESPONSE_INCOMPLETE'],
  ['html', 502, 'VODAPAY_RESPONSE_MALFORMED'],
  ['redirect', 502, 'VODAPAY_RESPONSE_REDIRECT'],
  ['404', 502, 'VODAPAY_RESPONSE_STATUS_UNEXPECTED'],
  ['429', 503, 'VODAPAY_TRAFFIC_LIMITED'],
  ['500', 503, 'VODAPAY_WALLET_UNAVAILABLE'],
  ['502', 503, 'VODAPAY_WALLET_UNAVAILABLE'],
  ['reset', 503, 'VODAPAY_UNREACHABLE'],
  ['hang', 504, 'VODAPAY_DEADLINE_EXCEEDED'],
  ['U', 503, 'VODAPAY_UNKNOWN_EXCEPTION'],
  ['unseen-U', 503, 'VODAPAY_UNKNOWN_EXCEPTION'],
  ['traffic', 503, 'VODAPAY_TRAFFIC_LIMITED'],
  ['unseen-F', 502, 'VODAPAY_RESULT_UNKNOWN'],
  ['PARAM_ILLEGAL', 400, 'VODAPAY_PARAM_ILLEGAL'],
  ['ACCESS_DENIED', 403, 'VODAPAY_ACCESS_DENIED'],
  ['PROCESS_FAIL', 502, 'VODAPAY_PROCESS_FAILED'],
  ['INVALID_API', 502, 'VODAPAY_MERCHANT_REFUSED'],
  ['INVALID_AUTH_CLIENT', 502, 'VODAPAY_MERCHANT_REFUSED'],
  ['EXPIRED_AGENT_TOKEN', 502, 'VODAPAY_MERCHANT_REFUSED'],
  ['INVALID_AGENT_TOKEN', 502, 'VODAPAY_MERCHANT_REFUSED'],
  ['INVALID_SIGNATURE', 502, 'VODAPAY_MERCHANT_REFUSED'],
];

const ROWS: readonly Row[] = [
  ...OF_EITHER_CALL.flatMap(([fault, status, code]): Row[] => [
    [`token:${fault}`, status, code],
    [`inquiry:${fault}`, status, code],
  ]),
  ['token:INVALID_CODE', 401, 'VODAPAY_AUTH_CODE_INVALID'],
  ['token:USED_CODE', 401, 'VODAPAY_AUTH_CODE_USED'],
  ['token:EXPIRED_CODE', 401, 'VODAPAY_AUTH_CODE_EXPIRED'],
  ['token:no-access-token', 502, 'VODAPAY_RESPONSE_MALFORMED'],
  ['inquiry:INVALID_ACCESS_TOKEN', 401, 'VODAPAY_ACCESS_TOKEN_INVALID'],
  ['inquiry:EXPIRED_ACCESS_TOKEN', 401, 'VODAPAY_ACCESS_TOKEN_EXPIRED'],
  ['inquiry:no-user-info', 502, 'VODAPAY_USER_INFO_MISSING'],
  ['inquiry:no-user-id', 502, 'VODAPAY_USER_ID_UNUSABLE'],
  ['inquiry:blank-user-id', 502, 'VODAPAY_USER_ID_UNUSABLE'],
  ['inquiry:numeric-user-id', 502, 'VODAPAY_USER_ID_UNUSABLE'],
];

const shop = useSample(() => ({ VODAPAY_TIMEOUT_MS: '1000' }));

describe('a wallet that answers wrongly', () => {
  it.each(ROWS)('%s: the login is refused with %i %s, and nothing is stored', async (fault, status, code) => {
    const before = await countRows();
    const answer = await send(shop.sample.url, 'POST', '/auth/vodapay/login', {
      json: { authCode: await authCode(shop.wallet, `faulty-${fault}`, fault) },
    });

    expect(answer).toMatchObject({
      status,
      body: {
        statusCode: status,
        code,
        message: expect.any(String),
        next: expect.stringMatching(/^(none|new-auth-code)$/),
      },
    });
    expect(answer.headers.get('retry-after')).toEqual(status === 503 ? expect.stringMatching(/^[1-9]\d*$/) : null);
    expect(answer.headers.get('www-authenticate')).toEqual(status === 401 ? expect.stringMatching(/^Bearer/) : null);
    expect(await countRows()).toEqual(before);
  });

  it('is forgotten by the next good login', async () => {
    expect(await login(shop, 'faulty-inquiry:U')).toMatchObject({ outcome: 'created' });
  });
});

async function countRows(): Promise<readonly unknown[]> {
  const tables = ['account', 'vodapay_account_link', 'vodapay_session'];
  return Promise.all(tables.map((table) => shop.sample.dataSource.query(`SELECT count(*) AS rows FROM ${table}`)));
}
