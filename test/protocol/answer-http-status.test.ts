import { describe, it } from 'vitest';
import type { RawAnswer } from '../../libs/vodapay/src/protocol/raw-answer.js';
import { expectRefusal, F, refused, S, U, type Expected } from './judging.js';
import { resultOf, signedAnswer, STRANGER, unsignedAnswer } from './signer.js';

describe('the HTTP status', () => {
  const unavailable = refused('VODAPAY_WALLET_UNAVAILABLE', 503);
  const unexpected = refused('VODAPAY_RESPONSE_STATUS_UNEXPECTED', 502);
  const limited = refused('VODAPAY_TRAFFIC_LIMITED', 503);

  it.each<[number, string, RawAnswer, Expected]>([
    [301, 'with a signed S', signedAnswer({ body: S, status: 301 }), refused('VODAPAY_RESPONSE_REDIRECT', 502)],
    [
      302,
      'with a location',
      { ...unsignedAnswer({ body: '', status: 302 }), location: 'https://evil.example' },
      refused('VODAPAY_RESPONSE_REDIRECT', 502),
    ],
    [304, 'with nothing', unsignedAnswer({ body: '', status: 304 }), refused('VODAPAY_RESPONSE_REDIRECT', 502)],
    [429, 'with HTML', unsignedAnswer({ body: '<html>', status: 429 }), limited],
    [
      429,
      'with a result',
      unsignedAnswer({ body: F, status: 429 }),
      { ...limited, resultCode: 'INVALID_ACCESS_TOKEN' },
    ],
    [500, 'with HTML', unsignedAnswer({ body: '<html>', status: 500 }), unavailable],
    [
      503,
      'with a result, for diagnosis only',
      unsignedAnswer({ body: F, status: 503 }),
      { ...unavailable, resultCode: 'INVALID_ACCESS_TOKEN' },
    ],
    [503, 'with a new code', unsignedAnswer({ body: resultOf('F', 'NEW_CODE'), status: 503 }), unavailable],
    [502, 'with a signed S', signedAnswer({ body: S, status: 502 }), { ...unavailable, resultCode: 'SUCCESS' }],
    [404, 'with HTML', unsignedAnswer({ body: '<html>', status: 404 }), unexpected],
    [404, 'with nothing', unsignedAnswer({ body: '', status: 404 }), unexpected],
    [400, 'with a signed S', signedAnswer({ body: S, status: 400 }), unexpected],
    [
      401,
      'with an unsigned F',
      unsignedAnswer({ body: F, status: 401 }),
      refused('VODAPAY_ACCESS_TOKEN_INVALID', 401, { resultCode: 'INVALID_ACCESS_TOKEN' }),
    ],
    [
      401,
      'with a signed F',
      signedAnswer({ body: F, status: 401 }),
      refused('VODAPAY_ACCESS_TOKEN_INVALID', 401, { verified: true, resultCode: 'INVALID_ACCESS_TOKEN' }),
    ],
    [
      401,
      'with an F signed by a stranger',
      signedAnswer({ body: F, status: 401, key: STRANGER.privateKey }),
      refused('VODAPAY_RESPONSE_SIGNATURE_INVALID', 502),
    ],
    [
      400,
      'with an unsigned U',
      unsignedAnswer({ body: U, status: 400 }),
      refused('VODAPAY_UNKNOWN_EXCEPTION', 503, { resultCode: 'UNKNOWN_EXCEPTION' }),
    ],
    [204, 'with nothing', unsignedAnswer({ body: '', status: 204 }), refused('VODAPAY_RESPONSE_MALFORMED', 502)],
  ])('%i %s', (_, __, answer, expected) => {
    expectRefusal(answer, expected);
  });
});
