import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { VodaPayError } from '../../libs/vodapay/src/errors/vodapay-error.js';
import { VODAPAY_ERRORS, type VodaPayErrorCode } from '../../libs/vodapay/src/errors/vodapay-errors.js';
import { toHttpException } from '../../libs/vodapay/src/passport/to-http-exception.js';
import { toHttpRefusal } from '../../libs/vodapay/src/passport/to-http-refusal.js';

const CODES = Object.keys(VODAPAY_ERRORS) as VodaPayErrorCode[];

describe('A refusal over HTTP', () => {
  it.each(CODES)('%s carries status, code, message and next', (code) => {
    const { status, body } = toHttpRefusal(new VodaPayError(code));
    expect(body).toEqual({
      statusCode: status,
      code,
      message: VODAPAY_ERRORS[code].message,
      next: VODAPAY_ERRORS[code].next,
    });
  });

  it.each(CODES)('%s has the headers of its status', (code) => {
    const { status, headers } = toHttpRefusal(new VodaPayError(code));
    expect('WWW-Authenticate' in headers).toBe(status === 401 || code === 'VODAPAY_SCOPE_INSUFFICIENT');
    expect('Retry-After' in headers).toBe(status === 503 || status === 429);
  });

  it('RFC 6750: names no error to a client that sent no credentials', () => {
    const challenge = (code: VodaPayErrorCode) => toHttpRefusal(new VodaPayError(code)).headers['WWW-Authenticate'];
    expect(challenge('VODAPAY_CREDENTIALS_MISSING')).toBe('Bearer');
    expect(challenge('VODAPAY_SESSION_INVALID')).toBe('Bearer error="invalid_token"');
  });

  it('tells Retry-After in whole seconds, at least one', () => {
    const after = (retryAfterMs: number) =>
      toHttpRefusal(new VodaPayError('VODAPAY_CIRCUIT_OPEN', { retryAfterMs })).headers['Retry-After'];
    expect([after(0), after(1), after(1_500), after(2_000)]).toEqual(['1', '1', '2', '2']);
  });

  it('R19 carries the link ticket in its body, and the exception that Nest throws shows it to nobody who prints it', () => {
    const refusal = { ticket: `vpt_${'t'.repeat(43)}`, delivery: 'email' } as const;
    const error = new VodaPayError('VODAPAY_LINK_PROOF_REQUIRED', { refusal });

    expect(toHttpRefusal(error).body).toMatchObject(refusal);
    const exception = toHttpException(error);
    expect(exception.getResponse()).toMatchObject(refusal);
    expect(inspect(exception, { depth: 9 })).not.toContain(refusal.ticket);
  });
});
