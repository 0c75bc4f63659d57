import { describe, expect, it } from 'vitest';
import type { VodaPayErrorCode } from '../../libs/vodapay/src/errors/vodapay-errors.js';
import { OPERATIONS } from '../../libs/vodapay/src/protocol/operations.js';
import type { RawAnswer } from '../../libs/vodapay/src/protocol/raw-answer.js';
import { expectRefusal, F, judge, refused, S, U, type Expected } from './judging.js';
import { refusalOf } from './refusal-of.js';
import { CLIENT_ID, NOW, resultOf, signedAnswer, STRANGER, unsignedAnswer, WALLET } from './signer.js';

describe('R9: an answer with a signature that does not hold is refused, be it S, F or U', () => {
  const signed = signedAnswer({ body: S });
  const { signature: _, ...withoutSignature } = signed;
  const { clientId: __, ...withoutClient } = signed;
  const { responseTime: ___, ...withoutTime } = signed;

  const statuses = [
    ['S', S],
    ['F', F],
    ['U', U],
  ] as const;

  it.each(
    statuses.flatMap(([status, body]) =>
      (
        [
          ['with a stranger’s key', signedAnswer({ body, key: STRANGER.privateKey }), 'SIGNATURE_INVALID'],
          [
            'over another body',
            { ...signedAnswer({ body }), body: Buffer.from(JSON.stringify(body) + ' ') },
            'SIGNATURE_INVALID',
          ],
          ['over another path', signedAnswer({ body, operation: OPERATIONS.applyToken }), 'SIGNATURE_INVALID'],
          [
            'over another time',
            { ...signedAnswer({ body }), responseTime: '2026-11-23T08:00:01+02:00' },
            'SIGNATURE_INVALID',
          ],
          [
            'with another algorithm',
            withHeader(body, (header) => header.replace('RSA256', 'RSA1')),
            'SIGNATURE_INVALID',
          ],
          ['cut short', withHeader(body, (header) => header.slice(0, -9)), 'SIGNATURE_INVALID'],
          ['with a broken percent sequence', withHeader(body, (header) => `${header}%E0%A4%A`), 'SIGNATURE_INVALID'],
          ['with an empty header', withHeader(body, () => ''), 'SIGNATURE_INVALID'],
          ['of a key version that is not configured', signedAnswer({ body, keyVersion: 2 }), 'KEY_UNKNOWN'],
          ['for another client id', signedAnswer({ body, clientId: '2021072700000000000002' }), 'CLIENT_MISMATCH'],
          ['too old', signedAnswer({ body, responseTime: '2026-11-23T07:54:59.999+02:00' }), 'STALE'],
          ['from the future', signedAnswer({ body, responseTime: '2026-11-23T08:05:00.001+02:00' }), 'STALE'],
          ['with a time without an offset', signedAnswer({ body, responseTime: '2026-11-23T08:00:00' }), 'STALE'],
        ] as const
      ).map(([what, answer, code]): [string, string, RawAnswer, VodaPayErrorCode] => [
        status,
        what,
        answer,
        `VODAPAY_RESPONSE_${code}`,
      ]),
    ),
  )('%s, signed %s', (_, __, answer, code) => {
    expectRefusal(answer, refused(code, 502));
  });

  it('R9: S without a signature', () => {
    expectRefusal(withoutSignature, refused('VODAPAY_RESPONSE_UNSIGNED', 502));
  });

  it.each([
    ['Client-Id', withoutClient],
    ['Response-Time', withoutTime],
    ['Client-Id', { ...signed, clientId: '' }],
  ])('R9: a signature without %s, which is named', (name, answer) => {
    expectRefusal(answer, refused('VODAPAY_RESPONSE_UNSIGNED', 502));
    expect(refusalOf(() => judge(answer)).message).toContain(name);
  });

  it('R9: before its body is looked at', () => {
    expectRefusal(
      signedAnswer({ body: '<html>', key: STRANGER.privateKey }),
      refused('VODAPAY_RESPONSE_SIGNATURE_INVALID', 502),
    );
  });

  it('says how stale an answer is, and how stale it may be', () => {
    const old = signedAnswer({ body: S, responseTime: '2026-11-23T06:00:00+02:00' });
    expect(refusalOf(() => judge(old)).message).toMatch(/7200 s behind .* 300 s are allowed/);
    const early = signedAnswer({ body: S, responseTime: '2026-11-23T10:00:00+02:00' });
    expect(refusalOf(() => judge(early)).message).toMatch(/7200 s ahead of/);
  });

  it('takes an answer that is exactly as old as allowed, and with 0 only this very millisecond', () => {
    expect(judge(signedAnswer({ body: S, responseTime: '2026-11-23T07:55:00.000+02:00' }))).toEqual(S);
    expect(judge(signedAnswer({ body: S, responseTime: '2026-11-23T08:05:00.000+02:00' }))).toEqual(S);
    expect(judge(signedAnswer({ body: S }), { responseTimeToleranceMs: 0 })).toEqual(S);
    expectRefusal(signedAnswer({ body: S }), refused('VODAPAY_RESPONSE_STALE', 502), {
      responseTimeToleranceMs: 0,
      now: NOW + 1,
    });
  });

  it('takes the key of the version that the answer names', () => {
    const publicKeys = new Map([
      [1, STRANGER.publicKey],
      [2, WALLET.publicKey],
    ]);
    expect(judge(signedAnswer({ body: S, keyVersion: 2 }), { publicKeys })).toEqual(S);
    expectRefusal(signedAnswer({ body: S, keyVersion: 1 }), refused('VODAPAY_RESPONSE_SIGNATURE_INVALID', 502), {
      publicKeys,
    });
  });
});

describe('R7: verification uses our own client id', () => {
  it('so an answer that was signed for another client is refused although its header names ours', () => {
    const foreign = signedAnswer({ body: S, clientId: '2021072700000000000002' });
    expectRefusal({ ...foreign, clientId: CLIENT_ID }, refused('VODAPAY_RESPONSE_SIGNATURE_INVALID', 502));
  });
});

describe('R9: an unsigned F or U is only an error code', () => {
  it.each<[string, object, Expected]>([
    ['F', F, refused('VODAPAY_ACCESS_TOKEN_INVALID', 401, { resultCode: 'INVALID_ACCESS_TOKEN' })],
    ['U', U, refused('VODAPAY_UNKNOWN_EXCEPTION', 503, { resultCode: 'UNKNOWN_EXCEPTION' })],
    [
      'F INVALID_SIGNATURE',
      resultOf('F', 'INVALID_SIGNATURE'),
      refused('VODAPAY_MERCHANT_REFUSED', 502, { resultCode: 'INVALID_SIGNATURE' }),
    ],
    [
      'F with a code outside the tables, which is not quoted',
      resultOf('F', 'BRAND_NEW_CODE'),
      refused('VODAPAY_RESULT_UNKNOWN', 502),
    ],
  ])('%s', (_, body, expected) => {
    expectRefusal(unsignedAnswer({ body }), expected);
  });

  it('and an unsigned body that is no answer is malformed', () => {
    expectRefusal(unsignedAnswer({ body: '<html>' }), refused('VODAPAY_RESPONSE_MALFORMED', 502));
  });
});

function withHeader(body: object, change: (header: string) => string): RawAnswer {
  const answer = signedAnswer({ body });
  return { ...answer, signature: change(answer.signature) };
}
