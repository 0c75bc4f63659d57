import { describe, expect, it } from 'vitest';
import type { Refusal } from '../../apps/sample/web/src/api/refusal.js';
import { sentenceFor } from '../../apps/sample/web/src/state/sentence-for.js';
import { VODAPAY_ERRORS } from '../../libs/vodapay/src/errors/vodapay-errors.js';

describe('what a customer reads when something went wrong', () => {
  it.each<[Partial<Refusal>, RegExp]>([
    [{ statusCode: 503, code: 'VODAPAY_UNREACHABLE', next: 'new-auth-code' }, /^VodaPay did not answer properly\. /],
    [{ statusCode: 504, code: 'VODAPAY_DEADLINE_EXCEEDED', next: 'new-auth-code' }, /^VodaPay did not answer/],
    [{ statusCode: 502, code: 'VODAPAY_RESPONSE_UNSIGNED', next: 'none' }, /so we cannot sign you in\. /],
    [{ statusCode: 401, code: 'VODAPAY_AUTH_CODE_USED', next: 'new-auth-code' }, /fresh sign-in/],
    [{ statusCode: 500, code: 'VODAPAY_STORE_FAILED', next: 'new-auth-code' }, /^Something went wrong on our side\./],
    [{ statusCode: 503, code: 'VODAPAY_STORE_UNAVAILABLE', next: 'retry' }, /^Something went wrong on our side\./],
    [{ statusCode: 500, code: 'INTERNAL_SERVER_ERROR', next: 'retry' }, /^Something went wrong on our side\./],
    [{ statusCode: 401, code: 'VODAPAY_SESSION_INVALID', next: 'sign-in' }, /signed out/],
    [{ statusCode: 400, code: 'BAD_REQUEST', message: 'As the server says.' }, /^As the server says\.$/],
    [{ statusCode: 403, code: 'VODAPAY_LINK_PROOF_INVALID', next: 'retry' }, /Look again/],
    [{ statusCode: 403, code: 'VODAPAY_LINK_PROOF_INVALID', next: 'none' }, /the last try/],
    [{ statusCode: 409, code: 'VODAPAY_LAST_SIGN_IN_METHOD' }, /the only way into this account/],
    [{ statusCode: 429, code: 'VODAPAY_TOO_MANY_ATTEMPTS', retryAfterSeconds: 3_590 }, /come back in an hour\.$/],
    [{ statusCode: 429, code: 'VODAPAY_TOO_MANY_ATTEMPTS', retryAfterSeconds: 600 }, /come back in 10 minutes\.$/],
    [{ statusCode: 429, code: 'VODAPAY_TOO_MANY_ATTEMPTS', retryAfterSeconds: 5 }, /come back in a minute\.$/],
    [{ statusCode: 429, code: 'VODAPAY_TOO_MANY_ATTEMPTS', retryAfterSeconds: 80_000 }, /in a few hours\.$/],
    [{ statusCode: 429, code: 'VODAPAY_TOO_MANY_ATTEMPTS' }, /in a few hours\.$/],
    [{ statusCode: 0, code: 'UNREACHABLE', next: 'retry' }, /Check your connection/],
    [{ statusCode: 502, code: 'NO_JSON', next: 'retry' }, /did not work just now/],
  ])('%o', (refusal, sentence) => {
    expect(sentenceFor(refusalOf(refusal))).toMatch(sentence);
  });

  it('never the library’s own message, which is for developers, and never nothing', () => {
    for (const [code, { status, next, message }] of Object.entries(VODAPAY_ERRORS)) {
      const sentence = sentenceFor(refusalOf({ statusCode: status, code, next, message }));
      expect(sentence).not.toContain(message);
      expect(sentence.length).toBeGreaterThan(20);
    }
  });
});

function refusalOf(given: Partial<Refusal>): Refusal {
  return { statusCode: 400, code: 'X', next: 'none', message: '', ...given };
}
