import { CanceledError } from 'axios';
import { describe, expect, it } from 'vitest';
import { VODAPAY_ERRORS, type VodaPayErrorCode } from '../../libs/vodapay/src/errors/vodapay-errors.js';
import { VodaPayError } from '../../libs/vodapay/src/errors/vodapay-error.js';
import { mayRepeat } from '../../libs/vodapay/src/inquiry/may-repeat.js';
import { readHeader } from '../../libs/vodapay/src/inquiry/read-header.js';
import { parseRetryAfter } from '../../libs/vodapay/src/inquiry/retry-after.js';
import { switchesVerificationOff } from '../../libs/vodapay/src/inquiry/switches-verification-off.js';
import { toVodaPayError } from '../../libs/vodapay/src/inquiry/to-vodapay-error.js';
import { TransportError } from '../../libs/vodapay/src/inquiry/transport-error.js';
import { OPERATIONS } from '../../libs/vodapay/src/protocol/operations.js';

const nodeError = (code: string, syscall?: string): Error =>
  Object.assign(new Error(`${syscall ?? ''} ${code}`), { code, syscall });

describe('what an error of Node means', () => {
  const cases: readonly (readonly [error: unknown, code: VodaPayErrorCode, neverSent: boolean])[] = [
    [nodeError('ECONNREFUSED', 'connect'), 'VODAPAY_UNREACHABLE', true],
    [nodeError('ENOTFOUND', 'getaddrinfo'), 'VODAPAY_UNREACHABLE', true],
    [nodeError('EAI_AGAIN', 'getaddrinfo'), 'VODAPAY_UNREACHABLE', true],
    [nodeError('EHOSTUNREACH', 'connect'), 'VODAPAY_UNREACHABLE', true],
    [nodeError('EHOSTUNREACH', 'read'), 'VODAPAY_UNREACHABLE', false],
    [nodeError('ENETUNREACH', 'connect'), 'VODAPAY_UNREACHABLE', true],
    [nodeError('ETIMEDOUT', 'connect'), 'VODAPAY_UNREACHABLE', true],
    [nodeError('ETIMEDOUT', 'read'), 'VODAPAY_UNREACHABLE', false],
    [nodeError('ETIMEDOUT'), 'VODAPAY_UNREACHABLE', false],
    [nodeError('ECONNRESET', 'read'), 'VODAPAY_UNREACHABLE', false],
    [nodeError('EPIPE', 'write'), 'VODAPAY_UNREACHABLE', false],
    [nodeError('CERT_HAS_EXPIRED'), 'VODAPAY_UNREACHABLE', true],
    [nodeError('ERR_TLS_CERT_ALTNAME_INVALID'), 'VODAPAY_UNREACHABLE', true],
    [nodeError('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'VODAPAY_UNREACHABLE', true],
    [nodeError('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'), 'VODAPAY_UNREACHABLE', false],
    [nodeError('HPE_INVALID_CONSTANT'), 'VODAPAY_RESPONSE_MALFORMED', false],
    [nodeError('HPE_HEADER_OVERFLOW'), 'VODAPAY_RESPONSE_TOO_LARGE', false],
    // undici's.
    [nodeError('UND_ERR_CONNECT_TIMEOUT'), 'VODAPAY_UNREACHABLE', true],
    [nodeError('UND_ERR_SOCKET'), 'VODAPAY_UNREACHABLE', false],
    [nodeError('UND_ERR_HEADERS_OVERFLOW'), 'VODAPAY_RESPONSE_TOO_LARGE', false],
    [nodeError('UND_ERR_RES_CONTENT_LENGTH_MISMATCH'), 'VODAPAY_RESPONSE_MALFORMED', false],
    [nodeError('UND_ERR_ABORTED'), 'VODAPAY_UNREACHABLE', false],
    [new CanceledError(), 'VODAPAY_REQUEST_ABORTED', false],
    [new Error('no code'), 'VODAPAY_UNREACHABLE', false],
    ['not even an error', 'VODAPAY_UNREACHABLE', false],
    [undefined, 'VODAPAY_UNREACHABLE', false],
    // Node joins the failures of several addresses (happy eyeballs).
    [new AggregateError([nodeError('ECONNREFUSED', 'connect')]), 'VODAPAY_UNREACHABLE', true],
    // Where the adapter saw how far it came, that decides.
    [new TransportError('x', 'ECONNRESET', 'connecting'), 'VODAPAY_UNREACHABLE', true],
    [new TransportError('x', 'EHOSTUNREACH', 'sent'), 'VODAPAY_UNREACHABLE', false],
    [new TransportError('x', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'sent'), 'VODAPAY_UNREACHABLE', false],
  ];

  it.each(cases)('%o → %s, never sent: %s', (error, code, neverSent) => {
    expect(toVodaPayError(error)).toMatchObject({ code, neverSent });
  });

  it('keeps an error that is ours already', () => {
    const own = new VodaPayError('VODAPAY_RESPONSE_INCOMPLETE');
    expect(toVodaPayError(own)).toBe(own);
  });
});

describe('which failures are worth another try', () => {
  const codes = Object.keys(VODAPAY_ERRORS) as VodaPayErrorCode[];

  it('of a call that only reads: U, throttling and transport', () => {
    expect(codes.filter((code) => mayRepeat(OPERATIONS.inquiryUserInfo, new VodaPayError(code))).sort()).toEqual([
      'VODAPAY_RESPONSE_INCOMPLETE',
      'VODAPAY_TRAFFIC_LIMITED',
      'VODAPAY_UNKNOWN_EXCEPTION',
      'VODAPAY_UNREACHABLE',
      'VODAPAY_WALLET_UNAVAILABLE',
    ]);
  });

  it('of a call that uses something up: only what was never sent', () => {
    expect(codes.filter((code) => mayRepeat(OPERATIONS.applyToken, new VodaPayError(code)))).toEqual([]);
    expect(mayRepeat(OPERATIONS.applyToken, new VodaPayError('VODAPAY_UNREACHABLE', { neverSent: true }))).toBe(true);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-11-23T06:30:00Z');
  it.each([
    ['3', 3_000],
    [' 0 ', 0],
    ['86400', 60_000],
    ['Mon, 23 Nov 2026 06:30:05 GMT', 5_000],
    ['Mon, 23 Nov 2026 06:29:00 GMT', 0],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%o is %o ms', (value, expected) => {
    expect(parseRetryAfter(value, now)).toBe(expected);
  });
});

describe('a header', () => {
  it.each([
    [{ 'CLIENT-ID': 'a' }, 'a'],
    [{ 'client-id': ['a', 'b'] }, 'a, b'],
    [new Map([['client-id', 'a']]), 'a'],
    [new Headers({ 'Client-Id': 'a' }), 'a'],
    [{ 'client-id': 7 }, '7'],
    [{ other: 'a' }, undefined],
    [undefined, undefined],
    ['client-id: a', undefined],
  ])('is found in %o: %o', (headers, expected) => {
    expect(readHeader(headers, 'client-id')).toBe(expected);
  });
});

describe('an agent that switches TLS verification off (R10)', () => {
  it.each([
    [{ options: { rejectUnauthorized: false } }, true],
    [{ connectOpts: { rejectUnauthorized: false } }, true],
    [{ options: { rejectUnauthorized: true } }, false],
    [{ options: {} }, false],
    [undefined, false],
    [null, false],
  ])('%o: %s', (agent, expected) => {
    expect(switchesVerificationOff(agent)).toBe(expected);
  });
});
