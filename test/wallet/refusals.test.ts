import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWallet, type RunningWallet } from '../../apps/wallet/src/start-wallet.js';
import {
  APPLY_TOKEN,
  applyToken,
  CLIENT_ID,
  INQUIRY,
  MERCHANT,
  send,
  wireTime,
  type Mistakes,
} from './merchant-client.js';
import { isSigned } from './verify-answer.js';

const HOUR_MS = 3_600_000;
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const walletKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
let wallet: RunningWallet;

beforeAll(async () => {
  wallet = await startWallet({ clientId: CLIENT_ID, merchantPublicKey: MERCHANT.publicKey, privateKey: walletKey });
});
afterAll(() => wallet.stop());

const text =
  (
    change: (right: {
      path: string;
      time: string;
      body: string;
    }) => Partial<{ path: string; time: string; body: string }>,
  ) =>
  (right: { path: string; time: string; body: string }): string => {
    const { path, time, body } = { ...right, ...change(right) };
    return `POST ${path}\n${CLIENT_ID}.${time}.${body}`;
  };

const REFUSED: readonly (readonly [mistake: string, Mistakes, resultCode: string, message: RegExp])[] = [
  ['GET for POST', { method: 'GET' }, 'METHOD_NOT_SUPPORTED', /must be POST, came GET/],
  [
    'a path with a prefix',
    { sentPath: `/api${APPLY_TOKEN}` },
    'INVALID_API',
    /Near it is \/v2\/authorizations\/applyToken/,
  ],
  ['a path with a query', { sentPath: `${APPLY_TOKEN}?a=1` }, 'INVALID_API', /no query/],
  [
    'another content type',
    { headers: { 'content-type': 'text/plain' } },
    'MEDIA_TYPE_NOT_ACCEPTABLE',
    /came text\/plain/,
  ],
  ['a compressed body', { headers: { 'content-encoding': 'gzip' } }, 'MEDIA_TYPE_NOT_ACCEPTABLE', /compressed/],
  ['no Client-Id', { headers: { 'client-id': undefined } }, 'INVALID_CLIENT', /Client-Id is missing/],
  ['an unknown Client-Id', { headers: { 'client-id': '1' } }, 'INVALID_CLIENT', /not registered here/],
  ['no Request-Time', { headers: { 'request-time': undefined } }, 'INVALID_SIGNATURE', /Request-Time is missing/],
  [
    'a time without milliseconds',
    { time: '2026-11-23T12:00:00+02:00' },
    'INVALID_SIGNATURE',
    /RFC 3339 with milliseconds/,
  ],
  ['a time without offset', { time: '2026-11-23T12:00:00.000' }, 'INVALID_SIGNATURE', /RFC 3339 with milliseconds/],
  ['a day that does not exist', { time: '2026-02-30T12:00:00.000+02:00' }, 'INVALID_SIGNATURE', /RFC 3339/],
  ['epoch milliseconds', { time: '1790000000000' }, 'INVALID_SIGNATURE', /RFC 3339/],
  [
    'an offset pasted on',
    { time: new Date().toISOString().replace('Z', '+02:00') },
    'INVALID_SIGNATURE',
    /the time is two hours off \(behind .*an offset was pasted on/,
  ],
  [
    'a clock seven minutes fast',
    { time: wireTime(Date.now() + 7 * 60_000) },
    'INVALID_SIGNATURE',
    /(419|420) seconds ahead of this wallet's clock; at most 300/,
  ],
  ['a time of last week', { time: wireTime(Date.now() - 170 * HOUR_MS) }, 'INVALID_SIGNATURE', /seconds behind/],
  ['no Signature', { headers: { signature: undefined } }, 'INVALID_SIGNATURE', /header Signature is missing/],
  ['a bare signature', { signatureHeader: (value) => value }, 'INVALID_SIGNATURE', /no signature= part/],
  ['no algorithm', { signatureHeader: (v) => `keyVersion=1, signature=${v}` }, 'INVALID_SIGNATURE', /no algorithm=/],
  [
    'another algorithm',
    { signatureHeader: (v) => `algorithm=HS256, keyVersion=1, signature=${v}` },
    'INVALID_SIGNATURE',
    /must be RSA256, came HS256/,
  ],
  [
    'no key version',
    { signatureHeader: (v) => `algorithm=RSA256, signature=${v}` },
    'INVALID_SIGNATURE',
    /no keyVersion=/,
  ],
  [
    'an unknown key version',
    { signatureHeader: (v) => `algorithm=RSA256, keyVersion=2, signature=${v}` },
    'KEY_NOT_FOUND',
    /keyVersion 2; known: 1/,
  ],
  [
    'a URL-encoded signature',
    { encode: (s) => encodeURIComponent(s.toString('base64')) },
    'INVALID_SIGNATURE',
    /came as url-encoded; this wallet takes base64/,
  ],
  ['a base64url signature', { encode: (s) => s.toString('base64url') }, 'INVALID_SIGNATURE', /came as base64url/],
  ['a hex signature', { encode: (s) => s.toString('hex') }, 'INVALID_SIGNATURE', /written in hex/],
  ['a signature with its + lost', { encode: () => 'ab cd' }, 'INVALID_SIGNATURE', /lost in form-decoding/],
  ['a signature cut short', { encode: (s) => s.subarray(0, 99).toString('base64') }, 'INVALID_SIGNATURE', /99 bytes/],
  [
    'a signature that is none',
    { encode: (s) => Buffer.alloc(s.length, 7).toString('base64') },
    'INVALID_SIGNATURE',
    /is no signature/,
  ],
  ["a stranger's key", { key: stranger }, 'INVALID_SIGNATURE', /another private key than/],
  ["the wallet's own key", { key: walletKey }, 'INVALID_SIGNATURE', /VodaPay's own pair/],
  ['SHA-1', { hash: 'sha1' }, 'INVALID_SIGNATURE', /over a sha1 digest/],
  [
    'a body with other spacing',
    { signedText: text(({ body }) => ({ body: JSON.stringify(JSON.parse(body), null, 2) })) },
    'INVALID_SIGNATURE',
    /verifies over the body re-serialised with other spacing: the signed text is not the sent text/,
  ],
  [
    "Python's spacing",
    { signedText: text(({ body }) => ({ body: body.replaceAll('":', '": ').replaceAll(',"', ', "') })) },
    'INVALID_SIGNATURE',
    /other spacing/,
  ],
  [
    'a body in another order',
    { signedText: text(({ body }) => ({ body: JSON.stringify(sorted(JSON.parse(body))) })) },
    'INVALID_SIGNATURE',
    /keys in another order/,
  ],
  [
    '[object Object]',
    { signedText: text(() => ({ body: '[object Object]' })) },
    'INVALID_SIGNATURE',
    /\[object Object\]/,
  ],
  [
    'a path without its slash',
    { signedText: text(({ path }) => ({ path: path.slice(1) })) },
    'INVALID_SIGNATURE',
    /the path without its leading slash/,
  ],
  [
    'a path without its slash, and other spacing',
    {
      signedText: text(({ path, body }) => ({ path: path.slice(1), body: JSON.stringify(JSON.parse(body), null, 2) })),
    },
    'INVALID_SIGNATURE',
    /without its leading slash and the body re-serialised/,
  ],
  ['the full URL', { signedText: text(({ path }) => ({ path: wallet.url + path })) }, 'INVALID_SIGNATURE', /full URL/],
  [
    'a line end at the end',
    { signedText: (right) => `${text(() => ({}))(right)}\n` },
    'INVALID_SIGNATURE',
    /the text with a line end after it|the body with a line end/,
  ],
  [
    'another time than the one in the header',
    { signedText: text(({ time }) => ({ time: new Date(Date.parse(time)).toISOString() })) },
    'INVALID_SIGNATURE',
    /another spelling of the time/,
  ],
  [
    'something else',
    { signedText: () => 'something else' },
    'INVALID_SIGNATURE',
    /The key is right.*SHA-256 of that begins/,
  ],
  ['a body too large', { sentBody: `{"a":"${'x'.repeat(70_000)}"}` }, 'PARAM_ILLEGAL', /more than 65536 bytes/],
];

describe('A request that the wallet cannot trust', () => {
  it.each(REFUSED)(
    'with %s is refused unsigned, and the message says what is wrong',
    async (_, mistakes, code, message) => {
      const authCode = wallet.issueCode({ userId: 'someone' });
      const answer = await applyToken(wallet.url, authCode, mistakes);
      expect(answer.json.result).toMatchObject({ resultCode: code, resultStatus: 'F' });
      expect(answer.json.result.resultMessage).toMatch(message);
      expect(answer.json.result.resultMessage.length).toBeLessThanOrEqual(256);
      expect(answer.headers.has('signature')).toBe(false);
      expect(wallet.calls.at(-1)?.check).toEqual({ passed: false, message: expect.stringMatching(message) });
      expect((await applyToken(wallet.url, authCode)).json.result.resultCode).toBe('SUCCESS');
    },
  );

  it('with the headers of an earlier call is told so', async () => {
    const time = wireTime(Date.now());
    let used = '';
    const code = wallet.issueCode({ userId: 'someone' });
    await applyToken(wallet.url, code, {
      time,
      encode: (signature) => (used = signature.toString('base64')),
    });
    const answer = await send(wallet.url, INQUIRY, { authClientId: CLIENT_ID, accessToken: 'x' }, Date.now(), {
      time,
      encode: () => used,
    });
    expect(answer.json.result.resultMessage).toMatch(
      /call to .*applyToken: one set of signed headers was used for two/,
    );
  });
});

describe('A request in order whose fields are not', () => {
  const inquiry = { authClientId: CLIENT_ID, accessToken: 'x' };
  const grant = { grantType: 'AUTHORIZATION_CODE', authCode: 'x' };
  it.each<readonly [string, string, unknown, string, RegExp]>([
    ['a JSON string', INQUIRY, JSON.stringify(inquiry), 'PARAM_ILLEGAL', /serialised twice/],
    ['an array', INQUIRY, [inquiry], 'PARAM_ILLEGAL', /must be a JSON object, came an array/],
    ['no authClientId', INQUIRY, { accessToken: 'x' }, 'PARAM_ILLEGAL', /authClientId is missing/],
    ['another authClientId', INQUIRY, { ...inquiry, authClientId: '2' }, 'INVALID_AUTH_CLIENT', /equal the header/],
    ['a long authClientId', INQUIRY, { ...inquiry, authClientId: '2'.repeat(33) }, 'PARAM_ILLEGAL', /at most 32/],
    ['a numeric token', INQUIRY, { ...inquiry, accessToken: 5 }, 'PARAM_ILLEGAL', /accessToken must be a string/],
    ['a long token', INQUIRY, { ...inquiry, accessToken: 'x'.repeat(129) }, 'PARAM_ILLEGAL', /at most 128/],
    ['an empty token', INQUIRY, { ...inquiry, accessToken: '' }, 'PARAM_ILLEGAL', /accessToken is empty/],
    [
      'an object as extendInfo',
      INQUIRY,
      { ...inquiry, extendInfo: {} },
      'PARAM_ILLEGAL',
      /extendInfo must be a string/,
    ],
    ['a long extendInfo', INQUIRY, { ...inquiry, extendInfo: 'x'.repeat(4097) }, 'PARAM_ILLEGAL', /at most 4096/],
    ['no grantType', APPLY_TOKEN, { authCode: 'x' }, 'PARAM_ILLEGAL', /grantType is missing/],
    [
      'another grantType',
      APPLY_TOKEN,
      { ...grant, grantType: 'PASSWORD' },
      'AUTH_CLIENT_UNSUPPORTED_GRANT_TYPE',
      /REFRESH_TOKEN/,
    ],
    [
      'null as authCode',
      APPLY_TOKEN,
      { ...grant, authCode: null },
      'PARAM_ILLEGAL',
      /authCode must be a string, came null/,
    ],
    ['no refreshToken', APPLY_TOKEN, { grantType: 'REFRESH_TOKEN' }, 'PARAM_ILLEGAL', /refreshToken is missing/],
  ])('with %s is refused, signed', async (_, path, body, code, message) => {
    const answer = await send(wallet.url, path, body);
    expect(answer.json.result).toMatchObject({ resultCode: code, resultStatus: 'F' });
    expect(answer.json.result.resultMessage).toMatch(message);
    expect(isSigned(answer, path, wallet.publicKey)).toBe(true);
  });
});

describe('A wallet set to take other encodings', () => {
  it('takes URL-encoded and base64url signatures', async () => {
    const lax = await startWallet({
      clientId: CLIENT_ID,
      merchantPublicKey: MERCHANT.publicKey,
      acceptEncodings: ['url-encoded', 'base64url'],
    });
    const encodings: readonly ((signature: Buffer) => string)[] = [
      (signature) => encodeURIComponent(signature.toString('base64')),
      (signature) => signature.toString('base64url'),
    ];
    for (const encode of encodings) {
      const answer = await applyToken(lax.url, lax.issueCode({ userId: 'someone' }), { encode });
      expect(answer.json.result.resultCode).toBe('SUCCESS');
    }
    await lax.stop();
  });
});

describe('The key of a merchant', () => {
  const publicOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();
  it.each<readonly [string, () => string, RegExp]>([
    ['is no key', () => 'nonsense', /^merchantPublicKey does not hold a public key/],
    [
      'is the private one',
      () => MERCHANT.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      /^merchantPublicKey is a private key/,
    ],
    ['is short', () => publicOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey), /at least 2048 bits/],
    ['is not RSA', () => publicOf(generateKeyPairSync('ed25519').publicKey), /must be an RSA key, came ed25519/],
  ])('that %s stops the start', async (_, key, message) => {
    await expect(startWallet({ clientId: CLIENT_ID, merchantPublicKey: key() })).rejects.toThrow(message);
  });
});

function sorted(value: unknown): unknown {
  return Object.fromEntries(Object.entries(value as object).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
