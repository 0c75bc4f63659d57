import { describe, expect, it } from 'vitest';
import { expectRefusal, F, judge, refused, S, U } from './judging.js';
import { signedAnswer, STRANGER, unsignedAnswer } from './signer.js';

describe('the policy "required"', () => {
  it.each<[string, unknown, number]>([
    ['S', S, 200],
    ['F', F, 200],
    ['U', U, 200],
    ['HTML', '<html>', 200],
    ['F under HTTP 400', F, 400],
  ])('refuses an unsigned %s', (_, body, status) => {
    expectRefusal(unsignedAnswer({ body, status }), refused('VODAPAY_RESPONSE_UNSIGNED', 502), {
      responseSignature: 'required',
    });
  });

  it('takes signed answers as the default does', () => {
    expect(judge(signedAnswer({ body: S }), { responseSignature: 'required' })).toEqual(S);
    expectRefusal(
      signedAnswer({ body: F }),
      refused('VODAPAY_ACCESS_TOKEN_INVALID', 401, { verified: true, resultCode: 'INVALID_ACCESS_TOKEN' }),
      { responseSignature: 'required' },
    );
  });
});

describe('the policy "off"', () => {
  it('takes an unsigned S, and one with a wrong signature', () => {
    expect(judge(unsignedAnswer({ body: S }), { responseSignature: 'off' })).toEqual(S);
    expect(judge(signedAnswer({ body: S, key: STRANGER.privateKey }), { responseSignature: 'off' })).toEqual(S);
  });

  it('takes an unsigned F as true, so that a withdrawn token ends its session', () => {
    expectRefusal(
      unsignedAnswer({ body: F }),
      refused('VODAPAY_ACCESS_TOKEN_INVALID', 401, { verified: true, resultCode: 'INVALID_ACCESS_TOKEN' }),
      { responseSignature: 'off' },
    );
  });

  it('still refuses what is no answer', () => {
    expectRefusal(unsignedAnswer({ body: '[]' }), refused('VODAPAY_RESPONSE_MALFORMED', 502), {
      responseSignature: 'off',
    });
  });
});
