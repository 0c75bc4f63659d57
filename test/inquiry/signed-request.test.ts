import { describe, expect, it } from 'vitest';
import { ACCESS_TOKEN, AUTH_CODE, CLIENT_ID, inquiryOver, REFRESH_TOKEN } from './inquiry-under-test.js';
import { success, tokens, USER_ID, type ReceivedCall } from './scripted-wallet.js';
import { useScriptedWallet } from './use-scripted-wallet.js';

const wallet = useScriptedWallet();

describe('a request to the wallet', () => {
  it('is signed over exactly the bytes that arrive', async () => {
    wallet.script(success);
    await expect(inquiryOver({ baseUrl: wallet.baseUrl }).inquiryUserInfo(ACCESS_TOKEN)).resolves.toMatchObject({
      userId: USER_ID,
    });
    expect(wallet.calls).toHaveLength(1);
    expect(wallet.calls[0]).toMatchObject({ path: '/v2/customers/user/inquiryUserInfo', verified: true });
    expect(wallet.calls[0]?.body).toBe(`{"authClientId":"${CLIENT_ID}","accessToken":"${ACCESS_TOKEN}"}`);
  });

  it('is still signed right when a value is not ASCII', async () => {
    wallet.script(success);
    await inquiryOver({ baseUrl: wallet.baseUrl }).inquiryUserInfo('tökèn-\u{1F511}', {
      extendInfo: '{"ü":"\u{1F511}"}',
    });
    expect(wallet.calls[0]?.verified).toBe(true);
    expect(JSON.parse(wallet.calls[0]?.body ?? '')).toEqual({
      authClientId: CLIENT_ID,
      accessToken: 'tökèn-\u{1F511}',
      extendInfo: '{"ü":"\u{1F511}"}',
    });
  });

  it('carries the headers of the protocol, with the instant of the clock at its true offset', async () => {
    wallet.script(success);
    const now = Date.now();
    await inquiryOver({ baseUrl: wallet.baseUrl }, () => now).inquiryUserInfo(ACCESS_TOKEN);
    const { headers = {}, body = '' }: Partial<ReceivedCall> = wallet.calls[0] ?? {};
    expect(headers['content-type']).toBe('application/json');
    expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
    expect(headers['transfer-encoding']).toBeUndefined();
    expect(headers['client-id']).toBe(CLIENT_ID);
    expect(headers['accept']).toBe('application/json');
    expect(headers['request-time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+02:00$/);
    expect(Date.parse(String(headers['request-time']))).toBe(now);
  });

  it('sends the minimal body for an auth code and for a refresh token', async () => {
    wallet.script(tokens);
    const inquiry = inquiryOver({ baseUrl: wallet.baseUrl });
    const got = await inquiry.applyToken(AUTH_CODE);
    await inquiry.refreshToken(REFRESH_TOKEN);
    expect(got.accessToken).toBe('0000000002ACCESSTOKENFROMWALLET000000001');
    expect(wallet.calls.map(({ path, body, verified }) => ({ path, body, verified }))).toEqual([
      {
        path: '/v2/authorizations/applyToken',
        body: `{"grantType":"AUTHORIZATION_CODE","authCode":"${AUTH_CODE}"}`,
        verified: true,
      },
      {
        path: '/v2/authorizations/applyToken',
        body: `{"grantType":"REFRESH_TOKEN","refreshToken":"${REFRESH_TOKEN}"}`,
        verified: true,
      },
    ]);
  });
});

describe('what a caller gives', () => {
  const malformed: readonly (readonly [title: string, value: unknown])[] = [
    ['is empty', ''],
    ['is longer than 128 characters', 'x'.repeat(129)],
    ['hides its length behind variation selectors', 'x\uFE0F'.repeat(65)],
    ['holds a line break', 'abc\ndef'],
    ['holds a NUL', 'abc\0def'],
    ['holds a C1 control character', 'abc\u0085def'],
    ['is a number', 12345],
    ['is null', null],
    ['is missing', undefined],
    ['is an array', ['abc']],
  ];

  it.each(malformed)('is refused before anything is sent when a token or code %s', async (_title, value) => {
    wallet.script(success);
    const inquiry = inquiryOver({ baseUrl: wallet.baseUrl });
    const refused = { code: 'VODAPAY_CREDENTIALS_MALFORMED', status: 400 };
    await expect(inquiry.inquiryUserInfo(value as string)).rejects.toMatchObject(refused);
    await expect(inquiry.applyToken(value as string)).rejects.toMatchObject(refused);
    await expect(inquiry.refreshToken(value as string)).rejects.toMatchObject(refused);
    expect(wallet.calls).toHaveLength(0);
  });

  it('may be 128 characters long', async () => {
    wallet.script(success);
    await expect(inquiryOver({ baseUrl: wallet.baseUrl }).inquiryUserInfo('x'.repeat(128))).resolves.toBeDefined();
  });

  it('may hold extendInfo of 4096 characters', async () => {
    wallet.script(success);
    const extendInfo = 'x'.repeat(4096);
    await inquiryOver({ baseUrl: wallet.baseUrl }).inquiryUserInfo(ACCESS_TOKEN, { extendInfo });
    expect(wallet.calls[0]?.body).toBe(
      `{"authClientId":"${CLIENT_ID}","accessToken":"${ACCESS_TOKEN}","extendInfo":"${extendInfo}"}`,
    );
  });

  it.each([
    ['is longer than 4096 characters', 'x'.repeat(4097)],
    ['is an object', {}],
    ['is null', null],
    ['holds a line break', '{\n}'],
  ])('names extendInfo to the programmer when it %s', async (_title, extendInfo) => {
    const call = inquiryOver({ baseUrl: wallet.baseUrl }).inquiryUserInfo(ACCESS_TOKEN, {
      extendInfo: extendInfo as string,
    });
    await expect(call).rejects.toThrow(TypeError);
    await expect(call).rejects.toThrow(/extendInfo/);
  });
});
