import { describe, expect, it } from 'vitest';
import { VodaPayError } from '../../libs/vodapay/src/errors/vodapay-error.js';
import type { CredentialKind, CredentialSources } from '../../libs/vodapay/src/login/credentials.js';
import { findCredentials, readCredentials } from '../../libs/vodapay/src/login/read-credentials.js';

const SESSION = `vps_${'a'.repeat(43)}`;
const EVERY_KIND: readonly CredentialKind[] = ['authCode', 'session', 'accessToken'];

function refusalOf(sources: CredentialSources, accepted: readonly CredentialKind[]): string {
  try {
    return `accepted as ${readCredentials(sources, accepted).kind}`;
  } catch (error) {
    return error instanceof VodaPayError ? `${error.status} ${error.code}` : `threw ${String(error)}`;
  }
}

describe('The proof that a request brings', () => {
  it.each([
    ['an auth code in the body', { body: { authCode: 'CODE' } }, { kind: 'authCode', value: 'CODE' }],
    ['a session token as bearer', { authorization: `Bearer ${SESSION}` }, { kind: 'session', value: SESSION }],
    ['a scheme in lower case', { authorization: `bearer ${SESSION}` }, { kind: 'session', value: SESSION }],
    ['another bearer as access token', { authorization: 'Bearer 0002T' }, { kind: 'accessToken', value: '0002T' }],
    ['128 characters', { body: { authCode: 'x'.repeat(128) } }, { kind: 'authCode', value: 'x'.repeat(128) }],
  ] as const)('is read: %s', (_title, sources, expected) => {
    expect(readCredentials(sources, EVERY_KIND)).toEqual(expected);
  });

  it.each([
    ['nothing at all', {}],
    ['an empty body', { body: {} }],
    ['a body that is no object', { body: 'authCode' }],
    ['a null body', { body: null }],
    ['an undefined auth code', { body: { authCode: undefined } }],
    ['an inherited auth code', { body: Object.create({ authCode: 'CODE' }) as object }],
    ['another scheme', { authorization: 'Basic dXNlcjpwYXNz' }],
  ])('is missing with %s: 401', (_title, sources) => {
    expect(refusalOf(sources, EVERY_KIND)).toBe('401 VODAPAY_CREDENTIALS_MISSING');
  });

  it.each([
    ['a number', { body: { authCode: 1 } }],
    ['null', { body: { authCode: null } }],
    ['an object', { body: { authCode: {} } }],
    ['an array', { body: { authCode: ['CODE'] } }],
    ['an empty text', { body: { authCode: '' } }],
    ['blanks', { body: { authCode: '   ' } }],
    ['129 characters', { body: { authCode: 'x'.repeat(129) } }],
    ['a line feed', { body: { authCode: 'CODE\n' } }],
    ['a zero byte', { body: { authCode: 'CO\u0000DE' } }],
    ['a session token, which must not travel to the wallet', { body: { authCode: SESSION } }],
    ['a bearer without a token', { authorization: 'Bearer ' }],
    ['a bearer of 129 characters', { authorization: `Bearer ${'x'.repeat(129)}` }],
  ])('R13: is malformed as %s: 400, never a 500', (_title, sources) => {
    expect(refusalOf(sources, EVERY_KIND)).toBe('400 VODAPAY_CREDENTIALS_MALFORMED');
  });

  it('is refused when two kinds come at once', () => {
    const both = { authorization: `Bearer ${SESSION}`, body: { authCode: 'CODE' } };
    expect(refusalOf(both, ['authCode'])).toBe('400 VODAPAY_CREDENTIALS_AMBIGUOUS');
  });

  it('ignores an auth code in the body where the route takes none', () => {
    expect(refusalOf({ body: { authCode: 'CODE' } }, ['session'])).toBe('401 VODAPAY_CREDENTIALS_MISSING');
    expect(refusalOf({ body: { authCode: 'C' }, authorization: `Bearer ${SESSION}` }, ['session'])).toBe(
      'accepted as session',
    );
  });

  it('R8: takes no raw access token unless the route does', () => {
    expect(refusalOf({ authorization: 'Bearer 0002T' }, ['session'])).toBe('401 VODAPAY_ACCESS_TOKEN_NOT_ACCEPTED');
  });

  it('never takes a session token for an access token, so that none is sent to the wallet', () => {
    expect(refusalOf({ authorization: `Bearer ${SESSION}` }, ['accessToken'])).toBe('401 VODAPAY_CREDENTIALS_MISSING');
  });

  it('R19: a refusal names the shape that came and never the value', () => {
    const secret = 's'.repeat(200);
    try {
      readCredentials({ body: { authCode: secret } }, EVERY_KIND);
      expect.unreachable();
    } catch (error) {
      expect(String(error)).toContain('200 characters');
      expect(String(error)).not.toContain('sss');
    }
  });
});

describe('Several places for a bearer', () => {
  it('one of them may carry it, and the same one twice is one', () => {
    const authorization = [undefined, `Bearer ${SESSION}`, `bearer ${SESSION}`, 'Basic eDp5'];
    expect(readCredentials({ authorization }, ['session'])).toEqual({ kind: 'session', value: SESSION });
  });

  it('different ones are ambiguous', () => {
    const authorization = [`Bearer ${SESSION}`, `Bearer ${SESSION}x`];
    expect(refusalOf({ authorization }, ['session'])).toBe('400 VODAPAY_CREDENTIALS_AMBIGUOUS');
  });

  it.each([[7], [true], [{}], [[]], [['x']]])('R13: %j in place of text is malformed', (value) => {
    expect(refusalOf({ authorization: [value] }, ['session'])).toBe('400 VODAPAY_CREDENTIALS_MALFORMED');
  });
});

describe('A route that asks for nothing', () => {
  const find = (sources: Parameters<typeof findCredentials>[0]) => findCredentials(sources, ['session']);

  it.each([[{}], [{ authorization: 'Basic eDp5' }], [{ body: { authCode: 'ignored here' } }]])(
    'finds nothing in %j',
    (sources) => expect(find(sources)).toBeUndefined(),
  );

  it('refuses a bearer that it does not take', () => {
    expect(() => findCredentials({ authorization: `Bearer ${SESSION}` }, ['authCode'])).toThrow(VodaPayError);
    expect(() => find({ authorization: 'Bearer other' })).toThrow(VodaPayError);
  });
});
