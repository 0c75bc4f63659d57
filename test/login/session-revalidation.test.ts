import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VodaPayError } from 'nestjs-vodapay';
import { SessionTokens } from '../../libs/vodapay/src/login/session-tokens.js';
import { VodaPaySessionRepository } from '../../libs/vodapay/src/session/vodapay-session.repository.js';
import type { Answer } from './send-json.js';
import { startMerchant, type Merchant, type MerchantSetUp } from './start-merchant.js';

const USER = '216610000000000000001';
const REVALIDATE_AFTER_MS = 300_000;
const STALE_IF_ERROR_MS = 3_600_000;

let merchant: Merchant;
let bearer: string;
const start = async (setUp: MerchantSetUp = {}): Promise<void> => {
  merchant = await startMerchant(setUp);
  bearer = await merchant.signedIn(USER);
};
const me = (): Promise<Answer> => merchant.request('GET', '/me', { bearer });
const outcome = async (): Promise<unknown> => {
  const { status, body } = await me();
  return status === 200 ? status : [status, body['code'], body['next']];
};
const callsOf = (operation: string): number =>
  merchant.wallet.calls.filter((call) => call.operation === operation).length;
async function spoil(fault: string): Promise<void> {
  const body = JSON.stringify({ userId: USER, fault });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${merchant.wallet.controlUrl}/faults`, { method: 'POST', headers, body });
  expect(response.status).toBe(200);
}

afterEach(() => merchant.close());

describe('A session', () => {
  beforeEach(() => start());

  it('serves without asking the wallet while it is fresh', async () => {
    merchant.clock.now += REVALIDATE_AFTER_MS * 0.8 - 1;
    expect(await outcome()).toBe(200);
    expect(callsOf('inquiryUserInfo')).toBe(1);
  });

  it('asks once for many requests when it is due, and then not again', async () => {
    merchant.clock.now += REVALIDATE_AFTER_MS;
    const answers = await Promise.all(Array.from({ length: 50 }, me));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(callsOf('inquiryUserInfo')).toBe(2);
    expect(await outcome()).toBe(200);
    expect(callsOf('inquiryUserInfo')).toBe(2);
  });

  it('asks ahead of time on a request, without making it wait for the wallet', async () => {
    await spoil('hang');
    merchant.clock.now += REVALIDATE_AFTER_MS * 0.8;
    expect(await outcome()).toBe(200);
    await expect.poll(() => callsOf('inquiryUserInfo')).toBe(2);
  });

  it('ends when the wallet has withdrawn the token', async () => {
    merchant.wallet.revoke(USER);
    merchant.clock.now += REVALIDATE_AFTER_MS;
    expect(await outcome()).toEqual([401, 'VODAPAY_ACCESS_TOKEN_INVALID', 'new-auth-code']);
    expect(await outcome()).toEqual([401, 'VODAPAY_SESSION_INVALID', 'sign-in']);
    expect(await merchant.count('vodapay_session')).toBe(0);
  });

  it('R24: is asked about once for 1,000 requests at the moment of a withdrawal, and all of them are refused', async () => {
    merchant.wallet.revoke(USER);
    merchant.clock.now += REVALIDATE_AFTER_MS;
    const answers = await Promise.all(Array.from({ length: 1_000 }, me));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(callsOf('inquiryUserInfo')).toBe(2);
  });

  it('R9: does not end on an unsigned word of the wallet, and serves on', async () => {
    await spoil('inquiry:unsigned:INVALID_ACCESS_TOKEN');
    merchant.clock.now += REVALIDATE_AFTER_MS;
    expect(await outcome()).toBe(200);
    expect(await merchant.count('vodapay_session')).toBe(1);
  });

  it.each(['inquiry:U', 'inquiry:500', 'inquiry:reset', 'inquiry:bad-signature', 'inquiry:traffic'])(
    'serves on for staleIfErrorMs while the wallet answers %s, and is refused after that',
    async (fault) => {
      await spoil(fault);
      merchant.clock.now += REVALIDATE_AFTER_MS + STALE_IF_ERROR_MS - 1;
      expect(await outcome()).toBe(200);
      merchant.clock.now += 1;
      expect((await me()).status).toBe(503);
      expect(await merchant.count('vodapay_session')).toBe(1);
    },
  );

  it('R24: is refused at revalidation when the account is disabled, and serves again when it is not', async () => {
    const [account] = [...merchant.accounts.accounts.values()];
    account!.state = 'disabled';
    merchant.clock.now += REVALIDATE_AFTER_MS;
    expect(await outcome()).toEqual([403, 'VODAPAY_ACCOUNT_DISABLED', 'none']);
    account!.state = 'active';
    expect(await outcome()).toBe(200);
  });

  it('leaves by a route that asks nobody, whatever the wallet and the account say', async () => {
    await spoil('inquiry:hang');
    [...merchant.accounts.accounts.values()].forEach((account) => (account.state = 'disabled'));
    merchant.clock.now += REVALIDATE_AFTER_MS + STALE_IF_ERROR_MS;
    expect((await merchant.request('GET', '/leave', { bearer })).status).toBe(200);
    expect(callsOf('inquiryUserInfo')).toBe(1);
  });

  it('ends with its link', async () => {
    await merchant.dataSource.query('DELETE FROM vodapay_account_link');
    expect(await outcome()).toEqual([401, 'VODAPAY_SESSION_INVALID', 'sign-in']);
  });

  it('is refused when its sealed token was changed, and signs nobody in', async () => {
    await merchant.dataSource.query(`UPDATE vodapay_session SET access_token = replace(access_token, 'v1', 'v2')`);
    merchant.clock.now += REVALIDATE_AFTER_MS;
    expect(await outcome()).toEqual([401, 'VODAPAY_SEALED_TOKEN_UNREADABLE', 'sign-in']);
  });
});

describe('A clock that ran ahead and went back', () => {
  const DAY_MS = 86_400_000;
  beforeEach(async () => {
    await start();
    merchant.clock.now += DAY_MS;
    expect(await outcome()).toBe(200);
    merchant.clock.now -= DAY_MS;
  });

  it('gives no session a day without a question', async () => {
    expect(await outcome()).toBe(200);
    expect(callsOf('inquiryUserInfo')).toBe(3);
    expect(await outcome()).toBe(200);
    expect(callsOf('inquiryUserInfo')).toBe(3);
  });

  it('hides no withdrawal', async () => {
    merchant.wallet.revoke(USER);
    expect(await outcome()).toEqual([401, 'VODAPAY_ACCESS_TOKEN_INVALID', 'new-auth-code']);
  });

  it('lets no session serve on when nobody can tell for how long the wallet has been silent', async () => {
    await spoil('inquiry:500');
    expect(await outcome()).toEqual([503, 'VODAPAY_WALLET_UNAVAILABLE', 'retry']);
  });
});

describe('A session with staleIfErrorMs 0', () => {
  it('is refused as soon as the wallet cannot confirm it', async () => {
    await start({ options: { session: { staleIfErrorMs: 0 } } });
    await spoil('inquiry:500');
    merchant.clock.now += REVALIDATE_AFTER_MS;
    expect(await outcome()).toEqual([503, 'VODAPAY_WALLET_UNAVAILABLE', 'retry']);
  });
});

describe('An expired access token', () => {
  beforeEach(async () => {
    await start();
    merchant.wallet.expire(USER);
    merchant.clock.now += REVALIDATE_AFTER_MS;
  });

  it('is refreshed once for many requests, and nobody is signed out', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, me));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(callsOf('applyToken')).toBe(2);
    expect(callsOf('inquiryUserInfo')).toBe(3);
  });

  it('is replaced by the new one, which the next revalidation uses', async () => {
    await me();
    merchant.clock.now += REVALIDATE_AFTER_MS;
    expect(await outcome()).toBe(200);
    expect(callsOf('applyToken')).toBe(2);
  });

  it.each(['refresh:INVALID_REFRESH_TOKEN', 'refresh:EXPIRED_REFRESH_TOKEN', 'refresh:USED_REFRESH_TOKEN'])(
    'ends the session when the refresh is refused: %s',
    async (fault) => {
      await spoil(fault);
      expect(await outcome()).toEqual([401, 'VODAPAY_REAUTHENTICATION_REQUIRED', 'new-auth-code']);
      expect(await outcome()).toEqual([401, 'VODAPAY_SESSION_INVALID', 'sign-in']);
    },
  );

  it.each(['refresh:U', 'refresh:reset', 'refresh:cut', 'refresh:bad-signature'])(
    'means a new sign-in when the answer to the refresh is lost, and the refresh is never repeated: %s',
    async (fault) => {
      await spoil(fault);
      expect(await outcome()).toEqual([401, 'VODAPAY_REAUTHENTICATION_REQUIRED', 'new-auth-code']);
      expect(await outcome()).toEqual(await outcome());
      expect(callsOf('applyToken')).toBe(2);
    },
  );

  it.each(['refresh:unsigned:PROCESS_FAIL', 'refresh:unsigned:INVALID_REFRESH_TOKEN', 'refresh:reset'])(
    'R9: no session ends on a word that the wallet did not sign: %s',
    async (fault) => {
      await spoil(fault);
      expect(await outcome()).toEqual([401, 'VODAPAY_REAUTHENTICATION_REQUIRED', 'new-auth-code']);
      expect(await merchant.count('vodapay_session')).toBe(1);
    },
  );
  it('takes the token that another process has got meanwhile, though the former one counts as invalid now', async () => {
    // Another process refreshes after this one has read the row: the wallet then knows the former token no more.
    const asks = merchant.inquiry.inquiryUserInfo.bind(merchant.inquiry);
    let refreshed = false;
    merchant.inquiry.inquiryUserInfo = async (...call: Parameters<typeof asks>) => {
      if (refreshed) return asks(...call);
      refreshed = true;
      const other = merchant.app.get(SessionTokens, { strict: false });
      const repository = merchant.app.get(VodaPaySessionRepository, { strict: false });
      const [{ id }] = await merchant.dataSource.query<[{ id: string }]>('SELECT id FROM vodapay_session');
      const stored = await repository.findById(id);
      if (stored === undefined) throw new Error('The session is gone.');
      await other.refresh(stored);
      throw new VodaPayError('VODAPAY_ACCESS_TOKEN_INVALID', { verified: true });
    };
    expect(await outcome()).toBe(200);
    expect(callsOf('applyToken')).toBe(2);
    expect(await merchant.count('vodapay_session')).toBe(1);
  });

  it('waits for the refresh of another process, and takes its result', async () => {
    const lease = merchant.clock.now + 10_000;
    await merchant.dataSource.query(`UPDATE vodapay_session SET refresh_lease_until = ${lease}`);
    const waiting = me();
    await expect.poll(() => callsOf('inquiryUserInfo')).toBe(2);
    // Over by every clock that may have written it.
    merchant.clock.now = lease + 60_000;
    const { status, body } = await waiting;
    expect([status, body['code']]).toEqual([401, 'VODAPAY_REAUTHENTICATION_REQUIRED']);
    expect(callsOf('applyToken')).toBe(1);
  });
});

describe('A wallet that answers for another user', () => {
  it('ends the session', async () => {
    await start();
    await merchant.dataSource.query(`UPDATE vodapay_account_link SET vodapay_user_id = '216610000000000000009'`);
    merchant.clock.now += REVALIDATE_AFTER_MS;
    expect(await outcome()).toEqual([401, 'VODAPAY_REAUTHENTICATION_REQUIRED', 'new-auth-code']);
    expect(await merchant.count('vodapay_session')).toBe(0);
  });
});
