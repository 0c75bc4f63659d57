import { createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWallet, type RunningWallet } from '../../apps/wallet/src/start-wallet.js';
import { APPLY_TOKEN, applyToken, CLIENT_ID, inquire, INQUIRY, MERCHANT, refresh, send } from './merchant-client.js';
import { isSigned } from './verify-answer.js';

const USER = '216610000000000000001';

describe('A merchant who does everything right', () => {
  let wallet: RunningWallet;
  let nowMs = Date.parse('2026-11-23T12:00:00Z');
  const post = (path: string, body: unknown) => send(wallet.url, path, body, nowMs);
  const tokenFor = (authCode: string) => post(APPLY_TOKEN, { grantType: 'AUTHORIZATION_CODE', authCode });
  const refreshWith = (refreshToken: unknown) => post(APPLY_TOKEN, { grantType: 'REFRESH_TOKEN', refreshToken });
  const ask = (accessToken: unknown) => post(INQUIRY, { authClientId: CLIENT_ID, accessToken });

  beforeAll(async () => {
    wallet = await startWallet({ clientId: CLIENT_ID, merchantPublicKey: MERCHANT.publicKey, now: () => nowMs });
  });
  afterAll(() => wallet.stop());

  it('gets tokens for a code and the user for the token, both answers signed', async () => {
    const code = wallet.issueCode({ userId: USER });
    const tokens = await tokenFor(code);
    expect(code).toMatch(/^0000000001.{30}$/);
    expect(tokens.status).toBe(200);
    expect(tokens.json).toEqual({
      result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' },
      accessToken: expect.stringMatching(/^0000000002.{30}$/),
      accessTokenExpiryTime: expect.stringMatching(/^2036-11-\d\dT14:00:00\+02:00$/),
      refreshToken: expect.stringMatching(/^0000000003.{30}$/),
      refreshTokenExpiryTime: tokens.json['accessTokenExpiryTime'],
      customerId: USER,
    });
    expect(isSigned(tokens, APPLY_TOKEN, wallet.publicKey)).toBe(true);

    const user = await ask(tokens.json['accessToken']);
    expect(user.json['userInfo']).toMatchObject({ userId: USER, status: 'ACTIVE', nickName: 'Zoë' });
    expect(isSigned(user, INQUIRY, wallet.publicKey)).toBe(true);
    expect(user.headers.get('client-id')).toBe(CLIENT_ID);
    expect(user.headers.get('response-time')).toBe('2026-11-23T14:00:00+02:00');
  });

  it('gets nothing for a code a second time', async () => {
    const code = wallet.issueCode({ userId: USER });
    await tokenFor(code);
    const again = await tokenFor(code);
    expect(again.json.result).toMatchObject({ resultCode: 'USED_CODE', resultStatus: 'F' });
    expect(isSigned(again, APPLY_TOKEN, wallet.publicKey)).toBe(true);
  });

  it('wins once when one code is sent twenty times at the same moment', async () => {
    const code = wallet.issueCode({ userId: USER });
    const answers = await Promise.all(Array.from({ length: 20 }, () => tokenFor(code)));
    const codes = answers.map(({ json }) => json.result.resultCode).sort();
    expect(codes).toEqual(['SUCCESS', ...Array.from({ length: 19 }, () => 'USED_CODE')]);
  });

  it('is told that a code is unknown, and when it is rather a token', async () => {
    expect((await tokenFor('0000000001NEVERISSUED')).json.result.resultCode).toBe('INVALID_CODE');
    const token = (await tokenFor(wallet.issueCode({ userId: USER }))).json['accessToken'];
    const mixedUp = await tokenFor(String(token));
    expect(mixedUp.json.result).toMatchObject({
      resultCode: 'INVALID_CODE',
      resultMessage: 'What was sent as authCode looks like an access token.',
    });
  });

  it('comes too late with a code that is more than ten minutes old', async () => {
    const code = wallet.issueCode({ userId: USER });
    nowMs += 10 * 60_000;
    expect((await tokenFor(code)).json.result.resultCode).toBe('EXPIRED_CODE');
  });

  it('gets new tokens for a refresh token, which then is used', async () => {
    const first = (await tokenFor(wallet.issueCode({ userId: USER }))).json;
    const second = (await refreshWith(first['refreshToken'])).json;
    expect(second.result.resultCode).toBe('SUCCESS');
    expect(second['refreshToken']).not.toBe(first['refreshToken']);
    expect((await ask(second['accessToken'])).json['userInfo']).toMatchObject({ userId: USER });
    expect((await refreshWith(first['refreshToken'])).json.result.resultCode).toBe('USED_REFRESH_TOKEN');
    expect((await refreshWith('0000000003NEVERISSUED')).json.result.resultCode).toBe('INVALID_REFRESH_TOKEN');
  });

  it('finds tokens expired after ten years, and earlier when the wallet is told so', async () => {
    const expired = (await tokenFor(wallet.issueCode({ userId: 'early' }))).json;
    wallet.expire('early');
    expect((await ask(expired['accessToken'])).json.result.resultCode).toBe('EXPIRED_ACCESS_TOKEN');
    expect((await refreshWith(expired['refreshToken'])).json.result.resultCode).toBe('SUCCESS');

    const old = (await tokenFor(wallet.issueCode({ userId: USER }))).json;
    nowMs += 3651 * 24 * 3_600_000;
    expect((await ask(old['accessToken'])).json.result.resultCode).toBe('EXPIRED_ACCESS_TOKEN');
    expect((await refreshWith(old['refreshToken'])).json.result.resultCode).toBe('EXPIRED_REFRESH_TOKEN');
  });

  it('finds the tokens of a user who revoked the consent invalid, and those of others not', async () => {
    const revoked = (await tokenFor(wallet.issueCode({ userId: 'leaving' }))).json;
    const other = (await tokenFor(wallet.issueCode({ userId: 'staying' }))).json;
    wallet.revoke('leaving');
    expect((await ask(revoked['accessToken'])).json.result.resultCode).toBe('INVALID_ACCESS_TOKEN');
    expect((await refreshWith(revoked['refreshToken'])).json.result.resultCode).toBe('INVALID_REFRESH_TOKEN');
    expect((await ask(other['accessToken'])).json.result.resultCode).toBe('SUCCESS');
  });

  it('sees each call in the list with user, check, result and signed text', async () => {
    const code = wallet.issueCode({ userId: USER });
    await tokenFor(code);
    expect(wallet.calls.at(-1)).toMatchObject({
      operation: 'applyToken',
      userId: USER,
      check: { passed: true },
      resultCode: 'SUCCESS',
      signedText: expect.stringContaining(`POST ${APPLY_TOKEN}\n${CLIENT_ID}.`),
    });
    expect(wallet.calls.length).toBeLessThanOrEqual(500);
  });
});

describe('The wallet', () => {
  it('signs with the key and the key version it was given', async () => {
    const wallet = await startWallet({
      clientId: CLIENT_ID,
      merchantPublicKey: MERCHANT.publicKey,
      publicKeyVersion: 7,
      merchantKeyVersion: 3,
    });
    const answer = await applyToken(wallet.url, wallet.issueCode({ userId: USER }), {
      signatureHeader: (value) => `algorithm=RSA256,keyVersion=3,signature=${value}`,
    });
    expect(answer.headers.get('signature')).toContain('keyVersion=7,');
    expect(isSigned(answer, APPLY_TOKEN, wallet.publicKey)).toBe(true);
    expect(createPublicKey(wallet.publicKey).asymmetricKeyDetails?.modulusLength).toBe(2048);
    await wallet.stop();
  });

  it("refuses to start with the merchant's key as its own", async () => {
    const options = { clientId: CLIENT_ID, merchantPublicKey: MERCHANT.publicKey, privateKey: MERCHANT.privateKey };
    await expect(startWallet(options)).rejects.toThrow(/^merchantPublicKey belongs to the wallet's own private key/);
  });

  it('stops while an answer hangs, and lets the one who waits go', async () => {
    const wallet = await startWallet({ clientId: CLIENT_ID, merchantPublicKey: MERCHANT.publicKey });
    const hanging = applyToken(wallet.url, wallet.issueCode({ userId: USER, fault: 'hang' }));
    const outcome = hanging.then(
      () => 'answered',
      () => 'let go',
    );
    await expect.poll(() => wallet.calls.length).toBe(1);
    await wallet.stop();
    expect(await outcome).toBe('let go');
  });
});

describe('Users and scopes', () => {
  let wallet: RunningWallet;
  beforeAll(async () => {
    wallet = await startWallet({
      clientId: CLIENT_ID,
      merchantPublicKey: MERCHANT.publicKey,
      users: [{ userId: 'mine', about: 'My own', userInfo: { userId: 'mine', nickName: 'Mine' } }],
    });
  });
  afterAll(() => wallet.stop());

  async function userInfo(userId: string, scopes?: readonly string[]): Promise<Record<string, unknown>> {
    const code = wallet.issueCode({ userId, ...(scopes !== undefined && { scopes }) });
    const token = (await applyToken(wallet.url, code)).json['accessToken'];
    return (await inquire(wallet.url, token)).json['userInfo'] as Record<string, unknown>;
  }

  it('shows a user nobody listed with a full profile of its own', async () => {
    const [one, other] = await Promise.all([userInfo('u-1'), userInfo('U-1')]);
    for (const field of ['userId', 'status', 'nickName', 'userName', 'contactInfos', 'loginIdInfos', 'avatar']) {
      expect(one).toHaveProperty(field);
    }
    expect(one['userId']).toBe('u-1');
    expect(other['nickName']).not.toBe(one['nickName']);
    expect(JSON.stringify(other['contactInfos'])).not.toBe(JSON.stringify(one['contactInfos']));
    expect(await userInfo('u-1')).toEqual(one);
  });

  it('shows the bare user id for auth_base', async () => {
    expect(await userInfo(USER, ['auth_base'])).toEqual({ userId: USER });
  });

  it('shows the profile without contacts for auth_user, and contacts for their own scope', async () => {
    const profile = await userInfo(USER, ['auth_user']);
    expect(profile).toMatchObject({ nickName: 'Zoë', status: 'ACTIVE' });
    expect(profile).not.toHaveProperty('contactInfos');
    expect(Object.keys(await userInfo(USER, ['auth_base', 'USER_CONTACTINFO'])).sort()).toEqual([
      'contactInfos',
      'status',
      'userId',
    ]);
  });

  it('shows of a login id only the spelling that was granted', async () => {
    const hashed = await userInfo(USER, ['HASH_LOGIN_ID']);
    expect(hashed['loginIdInfos']).toEqual([
      { loginIdType: 'MOBILE_PHONE', hashLoginId: expect.stringMatching(/^[0-9a-f]{64}$/) },
      { loginIdType: 'EMAIL', hashLoginId: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    const phone = await userInfo(USER, ['PLAINTEXT_MOBILE_PHONE']);
    expect(phone['loginIdInfos']).toEqual([
      { loginIdType: 'MOBILE_PHONE', loginId: expect.stringMatching(/^27-6\d{8}$/) },
      { loginIdType: 'EMAIL' },
    ]);
  });

  it('keeps nulls, numbers and unknown values of odd profiles as they are', async () => {
    expect(await userInfo('216610000000000000003')).toEqual({ userId: '216610000000000000003' });
    expect(await userInfo('216610000000000000004')).toMatchObject({ contactInfos: null, userName: null });
    expect(await userInfo('216610000000000000007')).toMatchObject({ nickName: 12345, loginIdInfos: {} });
    expect(await userInfo('216610000000000000008')).toMatchObject({ status: 'FROZEN' });
  });

  it('has the users it was given', async () => {
    expect(await userInfo('mine')).toEqual({ userId: 'mine', nickName: 'Mine' });
  });

  it('answers a refresh with the consent that the code had', async () => {
    const code = wallet.issueCode({ userId: USER, scopes: ['auth_base'] });
    const first = (await applyToken(wallet.url, code)).json;
    const second = (await refresh(wallet.url, first['refreshToken'])).json;
    expect((await inquire(wallet.url, second['accessToken'])).json['userInfo']).toEqual({ userId: USER });
  });
});
