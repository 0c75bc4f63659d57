import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSignature } from '../../libs/vodapay/src/protocol/decode-signature.js';
import { encodeSignature } from '../../libs/vodapay/src/protocol/encode-signature.js';
import type { SignatureEncoding } from '../../libs/vodapay/src/protocol/signature-encoding.js';
import { formatSignatureHeader, parseSignatureHeader } from '../../libs/vodapay/src/protocol/signature-header.js';

const ENCODINGS: readonly SignatureEncoding[] = ['base64', 'url-encoded-base64', 'base64url'];

describe('the Signature header', () => {
  it('is written in the form of VodaPay’s page', () => {
    expect(formatSignatureHeader({ keyVersion: 1, signature: 'ab+/==' })).toBe(
      'algorithm=RSA256, keyVersion=1, signature=ab+/==',
    );
  });

  it.each([
    ['without blanks', 'algorithm=RSA256,keyVersion=2,signature=ab+/=='],
    ['with many blanks', '  algorithm = RSA256 ,\tkeyVersion= 2,   signature =  ab+/==  '],
    ['with other capitals in the names', 'Algorithm=RSA256, keyversion=2, SIGNATURE=ab+/=='],
    ['in another order', 'keyVersion=2, signature=ab+/==, algorithm=RSA256'],
    ['with the signature first', 'signature=ab+/==,algorithm=RSA256,keyVersion=2'],
    ['with a name that nobody knows', 'algorithm=RSA256, keyVersion=2, extra=1, signature=ab+/=='],
  ])('is read %s', (_, header) => {
    expect(parseSignatureHeader(header)).toEqual({ keyVersion: 2, signature: 'ab+/==' });
  });

  it.each([
    ['empty', ''],
    ['a bare value', 'ab+/=='],
    ['another algorithm', 'algorithm=RS256, keyVersion=1, signature=ab=='],
    ['no algorithm', 'keyVersion=1, signature=ab=='],
    ['the algorithm "none"', 'algorithm=none, keyVersion=1, signature=ab=='],
    ['no keyVersion', 'algorithm=RSA256, signature=ab=='],
    ['a negative keyVersion', 'algorithm=RSA256, keyVersion=-1, signature=ab=='],
    ['a fraction as keyVersion', 'algorithm=RSA256, keyVersion=1.0, signature=ab=='],
    ['a word as keyVersion', 'algorithm=RSA256, keyVersion=one, signature=ab=='],
    ['a keyVersion of many digits', 'algorithm=RSA256, keyVersion=1000000000000000000001, signature=ab=='],
    ['no signature', 'algorithm=RSA256, keyVersion=1'],
    ['an empty signature', 'algorithm=RSA256, keyVersion=1, signature='],
    ['two signatures', 'algorithm=RSA256, keyVersion=1, signature=ab==, signature=cd=='],
    ['two algorithms', 'algorithm=RSA256, algorithm=none, keyVersion=1, signature=ab=='],
    ['a part without a name', 'algorithm=RSA256, keyVersion=1, signature=ab==, =x'],
    ['words after the signature', 'algorithm=RSA256, keyVersion=1, signature=ab==, and more'],
  ])('is refused with %s, and the reason quotes nothing of it', (_, header) => {
    const parsed = parseSignatureHeader(header);
    expect(parsed).toEqual({ problem: expect.any(String) });
    expect(JSON.stringify(parsed)).not.toMatch(/none|ab==|RS256|more/);
  });
});

describe('the signature value', () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => 255 - index));

  it.each(ENCODINGS)('written as %s is read again', (encoding) => {
    expect(decodeSignature(encodeSignature(bytes, encoding), 256)).toEqual(bytes);
  });

  it('is read in every encoding, whatever its bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 256, maxLength: 384 }),
        fc.constantFrom(...ENCODINGS),
        (value, encoding) => {
          const text = encodeSignature(Buffer.from(value), encoding);
          return decodeSignature(text, value.length)?.equals(value) === true;
        },
      ),
    );
  });

  it('keeps its encodings apart on the wire', () => {
    expect(encodeSignature(Buffer.from([0xfb, 0xff]), 'base64')).toBe('+/8=');
    expect(encodeSignature(Buffer.from([0xfb, 0xff]), 'url-encoded-base64')).toBe('%2B%2F8%3D');
    expect(encodeSignature(Buffer.from([0xfb, 0xff]), 'base64url')).toBe('-_8');
  });

  it.each([
    ['shorter than the modulus', bytes.subarray(1).toString('base64')],
    ['longer than the modulus', Buffer.concat([bytes, bytes]).toString('base64')],
    ['with a malformed percent sequence', '%E0%A4%A' + bytes.toString('base64')],
    ['with a lone percent sign', bytes.toString('base64') + '%'],
    ['with a blank where form-decoding lost a plus', ` ${bytes.toString('base64').slice(0, 40)} `.repeat(9)],
    ['with foreign characters', bytes.toString('base64').replace('A', '!')],
    ['empty', ''],
  ])('is refused %s', (_, text) => {
    expect(decodeSignature(text, 256)).toBeUndefined();
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        decodeSignature(text, 256);
        parseSignatureHeader(text);
      }),
    );
  });
});
