import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWallet, type RunningWallet } from '../../apps/wallet/src/start-wallet.js';
import { applyToken, CLIENT_ID, MERCHANT, wireTime, type Mistakes } from './merchant-client.js';

const HOUR_MS = 3_600_000;
let wallet: RunningWallet;

beforeAll(async () => {
  wallet = await startWallet({ clientId: CLIENT_ID, merchantPublicKey: MERCHANT.publicKey });
});
afterAll(() => wallet.stop());

const signing =
  (body: string) =>
  ({ path, time }: { readonly path: string; readonly time: string }): string =>
    `POST ${path}\n${CLIENT_ID}.${time}.${body}`;

/** Mistakes that look like another one, and the words that tell them from it. */
const NEAR_MISSES: readonly (readonly [mistake: string, Mistakes, resultCode: string, message: RegExp])[] = [
  [
    'a local time sent as UTC, which is no offset pasted on',
    { time: new Date(Date.now() + 2 * HOUR_MS).toISOString() },
    'INVALID_SIGNATURE',
    /two hours off \(ahead of .*a local time was sent as UTC, or the clock is wrong/,
  ],
  [
    'a clock an hour fast, which is no offset pasted on',
    { time: wireTime(Date.now() + HOUR_MS) },
    'INVALID_SIGNATURE',
    /one hour off \(ahead of .*: the clock is wrong, or the time is not that of the offset/,
  ],
  [
    'a signature without its padding, which is no base64url',
    { encode: (signature) => signature.toString('base64').replace(/=+$/, '') },
    'INVALID_SIGNATURE',
    /base64 without its padding/,
  ],
  [
    'a signature in base64 twice over',
    { encode: (signature) => Buffer.from(signature.toString('base64')).toString('base64') },
    'INVALID_SIGNATURE',
    /base64 twice over/,
  ],
  [
    'other escapes, which are no other spacing',
    { sentBody: '{"a":"\\u00eb"}', signedText: signing('{"a":"ë"}') },
    'INVALID_SIGNATURE',
    /the body with other characters escaped than were sent/,
  ],
  [
    'a byte order mark that was not signed',
    { sentBody: '\ufeff{"a":1}', signedText: signing('{"a":1}') },
    'INVALID_SIGNATURE',
    /the body without its byte order mark/,
  ],
  ['no body', { sentBody: '', signedText: signing('') }, 'PARAM_ILLEGAL', /The body is empty/],
  ['a form', { sentBody: 'a=b&c=d', signedText: signing('a=b&c=d') }, 'PARAM_ILLEGAL', /The body is form-encoded/],
  [
    'a signed byte order mark',
    { sentBody: '\ufeff{}', signedText: signing('\ufeff{}') },
    'PARAM_ILLEGAL',
    /begins with a byte order mark/,
  ],
  ['half a body', { sentBody: '{"a":', signedText: signing('{"a":') }, 'PARAM_ILLEGAL', /not JSON in UTF-8/],
];

describe('The wallet tells apart what looks alike:', () => {
  it.each(NEAR_MISSES)('%s', async (_, mistakes, resultCode, message) => {
    const { result } = (await applyToken(wallet.url, 'x', mistakes)).json;
    expect(result).toMatchObject({ resultCode, resultStatus: 'F', resultMessage: expect.stringMatching(message) });
    expect(result.resultMessage.length).toBeLessThanOrEqual(256);
  });
});
