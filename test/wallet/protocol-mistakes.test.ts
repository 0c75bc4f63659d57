import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWallet, type RunningWallet } from '../../apps/wallet/src/start-wallet.js';
import {
  APPLY_TOKEN,
  applyToken,
  CLIENT_ID,
  inquire,
  INQUIRY,
  MERCHANT,
  refresh,
  send,
  wireTime,
  type WalletAnswer,
} from './merchant-client.js';
import { isSigned } from './verify-answer.js';

const USER = '216610000000000000001';
const previous = generateKeyPairSync('rsa', { modulusLength: 2048 });
let wallet: RunningWallet;

beforeAll(async () => {
  wallet = await startWallet({
    clientId: CLIENT_ID,
    merchantPublicKey: MERCHANT.publicKey,
    merchantPublicKeys: { 7: previous.publicKey },
  });
});
afterAll(() => wallet.stop());

const newCode = (): string => wallet.issueCode({ userId: USER });
const newTokens = async (): Promise<WalletAnswer['json']> => (await applyToken(wallet.url, newCode())).json;
const textOf = (path: string, time: string, body: string): string => `POST ${path}\n${CLIENT_ID}.${time}.${body}`;

/** PROTOCOL §10, in its order: what a merchant does wrong, and the words in which the wallet names it. */
const MISTAKES: readonly (readonly [mistake: string, make: () => Promise<WalletAnswer>, says: RegExp])[] = [
  [
    'signs the text of another serialisation than it sends',
    () =>
      applyToken(wallet.url, newCode(), {
        signedText: ({ path, time, body }) => textOf(path, time, JSON.stringify(JSON.parse(body), null, 2)),
      }),
    /verifies over the body re-serialised with other spacing: the signed text is not the sent text/,
  ],
  [
    'serialises the body twice on its way out',
    async () => {
      const body = JSON.stringify({ grantType: 'AUTHORIZATION_CODE', authCode: newCode() });
      return send(wallet.url, APPLY_TOKEN, body, Date.now(), {
        signedText: ({ path, time }) => textOf(path, time, body),
      });
    },
    /verifies over the body before it was serialised a second time/,
  ],
  [
    'serialises the body twice and signs that',
    () => send(wallet.url, APPLY_TOKEN, JSON.stringify({ grantType: 'AUTHORIZATION_CODE', authCode: newCode() })),
    /a JSON string, not an object: it was serialised twice/,
  ],
  [
    'signs the path without its leading slash',
    () =>
      applyToken(wallet.url, newCode(), { signedText: ({ path, time, body }) => textOf(path.slice(1), time, body) }),
    /the path without its leading slash: the signed text is not the sent text/,
  ],
  [
    'uses one set of signed headers for two calls',
    async () => {
      const time = wireTime(Date.now());
      let signature = '';
      await applyToken(wallet.url, newCode(), { time, encode: (bytes) => (signature = bytes.toString('base64')) });
      return inquire(wallet.url, 'x', { time, encode: () => signature });
    },
    /one set of signed headers was used for two calls\. Sign each call anew/,
  ],
  [
    'pastes an offset on',
    () => applyToken(wallet.url, newCode(), { time: new Date().toISOString().replace('Z', '+02:00') }),
    /the time is two hours off .*an offset was pasted on/,
  ],
  [
    'URL-encodes the signature',
    () => applyToken(wallet.url, newCode(), { encode: (bytes) => encodeURIComponent(bytes.toString('base64')) }),
    /The signature came as url-encoded; this wallet takes base64/,
  ],
  [
    'loses the + in form-decoding',
    () =>
      applyToken(wallet.url, newCode(), {
        encode: (bytes) => `A A${bytes.toString('base64').replaceAll('+', ' ').slice(3)}`,
      }),
    /holds a blank: its \+ was lost in form-decoding/,
  ],
  [
    'signs with a key that is registered under another version',
    () => applyToken(wallet.url, newCode(), { key: previous.privateKey }),
    /made with the merchant's key registered as keyVersion 7/,
  ],
  [
    'names another authClientId than its Client-Id',
    () => send(wallet.url, INQUIRY, { authClientId: '2021', accessToken: 'x' }),
    /authClientId must equal the header Client-Id/,
  ],
  [
    'repeats the call with an auth code that was used',
    async () => {
      const code = newCode();
      await applyToken(wallet.url, code);
      return applyToken(wallet.url, code);
    },
    /was used before\. Each code counts once/,
  ],
  [
    'repeats a refresh',
    async () => {
      const { refreshToken } = await newTokens();
      await refresh(wallet.url, refreshToken);
      return refresh(wallet.url, refreshToken);
    },
    /was used before\. Each refresh gives a new one/,
  ],
  [
    'keeps the access token in the mini program, which calls by itself',
    async () => {
      const { accessToken } = await newTokens();
      return inquire(wallet.url, accessToken, { headers: { origin: 'https://shop.example' } });
    },
    /came from a browser\. Keys and tokens stay on the merchant's server/,
  ],
];

describe('A merchant who', () => {
  it.each(MISTAKES)('%s is told so', async (_, make, says) => {
    const answer = await make();
    expect(answer.json.result.resultStatus).toBe('F');
    expect(answer.json.result.resultMessage).toMatch(says);
    expect(answer.json).not.toHaveProperty('accessToken');
    expect(answer.json).not.toHaveProperty('userInfo');
  });

  it("verifies with the own public key finds no answer signed: the wallet's is a different pair", async () => {
    const answer = await applyToken(wallet.url, newCode());
    expect(isSigned(answer, APPLY_TOKEN, MERCHANT.publicKey)).toBe(false);
    expect(isSigned(answer, APPLY_TOKEN, wallet.publicKey)).toBe(true);
  });

  it('signs with any of the registered versions is let in', async () => {
    const answer = await applyToken(wallet.url, newCode(), {
      key: previous.privateKey,
      signatureHeader: (value) => `algorithm=RSA256, keyVersion=7, signature=${value}`,
    });
    expect(answer.json.result.resultCode).toBe('SUCCESS');
  });

  it.each<readonly [string, string, (answer: WalletAnswer) => void]>([
    [
      'compares resultCode only',
      'success-but-F',
      ({ json }) => expect(json.result).toMatchObject({ resultCode: 'SUCCESS', resultStatus: 'F' }),
    ],
    [
      'takes contactInfos[0] for the e-mail',
      'inquiry:contacts-swapped',
      ({ json }) => expect(json['userInfo']).toMatchObject({ contactInfos: [{ contactType: 'MOBILE_PHONE' }, {}, {}] }),
    ],
    [
      'reads the user id as a number',
      'inquiry:numeric-user-id',
      ({ text }) => expect(text).toContain('"userId":216610000000000000001'),
    ],
    ['accepts answers without a signature', 'unsigned', ({ headers }) => expect(headers.has('signature')).toBe(false)],
  ])('%s can find out by the fault %s', async (_, fault, expectAnswer) => {
    const tokens = await applyToken(wallet.url, wallet.issueCode({ userId: USER, fault }));
    const token = tokens.json['accessToken'];
    expectAnswer(fault.startsWith('inquiry:') ? await inquire(wallet.url, token) : tokens);
  });
});

describe('A wallet told to be lenient', () => {
  it('lets through what the sandbox does, unsigned, and lists what production will refuse', async () => {
    const lenient = await startWallet({ clientId: CLIENT_ID, lenient: true });
    const dummy = { signatureHeader: () => 'dummy', time: 'some time' };
    const tokens = await applyToken(lenient.url, lenient.issueCode({ userId: USER }), dummy);
    expect(tokens.json.result.resultCode).toBe('SUCCESS');
    expect(['signature', 'client-id', 'response-time'].filter((name) => tokens.headers.has(name))).toEqual([]);
    expect(lenient.calls.at(-1)).toMatchObject({
      answerSigned: false,
      check: { passed: true, forgiven: true, message: expect.stringMatching(/^Let through.*Request-Time must be/) },
    });
    const unsigned = { headers: { signature: undefined } };
    const user = await inquire(lenient.url, tokens.json['accessToken'], unsigned);
    expect(user.json['userInfo']).toMatchObject({ userId: USER });
    expect((await inquire(lenient.url, 'x', { headers: { 'client-id': '1' } })).json.result.resultCode).toBe(
      'INVALID_CLIENT',
    );
    await lenient.stop();
  });

  it('still says of a request that is right that it is', async () => {
    const lenient = await startWallet({ clientId: CLIENT_ID, merchantPublicKey: MERCHANT.publicKey, lenient: true });
    await applyToken(lenient.url, lenient.issueCode({ userId: USER }));
    expect(lenient.calls.at(-1)?.check).toEqual({ passed: true, message: 'Headers and signature are in order.' });
    await lenient.stop();
  });
});

describe('A wallet with a rate limit', () => {
  it('answers the calls beyond it signed U, without doing anything, and the next second takes some again', async () => {
    let nowMs = Date.now();
    const limited = await startWallet({
      clientId: CLIENT_ID,
      merchantPublicKey: MERCHANT.publicKey,
      rateLimitPerSecond: 3,
      now: () => nowMs,
    });
    const code = limited.issueCode({ userId: USER });
    const ask = (): Promise<WalletAnswer> =>
      send(limited.url, INQUIRY, { authClientId: CLIENT_ID, accessToken: 'x' }, nowMs);
    for (let call = 0; call < 3; call += 1) expect((await ask()).json.result.resultCode).toBe('INVALID_ACCESS_TOKEN');
    const grant = { grantType: 'AUTHORIZATION_CODE', authCode: code };
    const tooMany = await send(limited.url, APPLY_TOKEN, grant, nowMs);
    expect(tooMany.json.result).toEqual({
      resultCode: 'REQUEST_TRAFFIC_EXCEED_LIMIT',
      resultStatus: 'U',
      resultMessage: expect.stringMatching(/^More than 3 calls a second/),
    });
    expect(isSigned(tooMany, APPLY_TOKEN, limited.publicKey)).toBe(true);
    nowMs += 400;
    expect((await send(limited.url, APPLY_TOKEN, grant, nowMs)).json.result.resultCode).toBe('SUCCESS');
    expect((await ask()).json.result.resultStatus).toBe('U');
    await limited.stop();
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('of %s does not start', async (rateLimitPerSecond) => {
    await expect(startWallet({ rateLimitPerSecond })).rejects.toThrow(/^rateLimitPerSecond must be a number from 1/);
  });
});

describe('A wallet that was given nothing', () => {
  it('makes the pairs of both sides, hands out what the merchant needs, and works', async () => {
    const own = await startWallet();
    expect(createPublicKey(own.publicKey).asymmetricKeyType).toBe('rsa');
    expect(own.merchantPrivateKey).toMatch(/^-----BEGIN PRIVATE/);
    expect(own.clientId).toBe('LOCAL-MINI-PROGRAM');
    expect(await (await fetch(`${own.controlUrl}/public-key`)).text()).toBe(own.publicKey);
    await own.stop();
  });

  it.each<readonly [string, Record<number, string>, RegExp]>([
    ['registers a version twice', { 1: MERCHANT.publicKey }, /merchantPublicKeys\[1\]: this key version is registered/],
    ['registers what is no key', { 2: 'nonsense' }, /^merchantPublicKeys\[2\] does not hold a public key/],
  ])('of a merchant who %s does not start', async (_, merchantPublicKeys, message) => {
    const options = { clientId: CLIENT_ID, merchantPublicKey: MERCHANT.publicKey, merchantPublicKeys };
    await expect(startWallet(options)).rejects.toThrow(message);
  });
});
