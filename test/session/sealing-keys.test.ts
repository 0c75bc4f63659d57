import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deriveSealingKey } from '../../libs/vodapay/src/session/derive-sealing-key.js';
import { parseSealingKeys } from '../../libs/vodapay/src/session/parse-sealing-keys.js';

const bytes = randomBytes(32);
const encoded = bytes.toString('base64');

describe('session.sealingKeys', () => {
  it('are read in their order, as base64 or base64url', () => {
    const keys = parseSealingKeys(`2026-11:${bytes.toString('base64url')}, old:${encoded}`, 'session.sealingKeys');

    expect([...keys.keys()]).toEqual(['2026-11', 'old']);
    expect([...keys.values()].map((key) => key.export().toString('base64'))).toEqual([encoded, encoded]);
  });

  it.each([
    ['', /key 1 is not of the form id:base64/],
    [encoded, /key 1 is not of the form id:base64/],
    [`a:${encoded},`, /key 2 is not of the form id:base64/],
    [`:${encoded}`, /key 1 needs an id/],
    [`a.b:${encoded}`, /key 1 needs an id/],
    [`${'x'.repeat(33)}:${encoded}`, /key 1 needs an id/],
    ['a:', /key 1 is not base64/],
    ['a:not base64!', /key 1 is not base64/],
    [`a:${randomBytes(16).toString('base64')}`, /key 1 has 16 bytes; it needs 32/],
    [`a:${encoded},a:${encoded}`, /key 2 has an id that came before/],
  ])('that are wrong are a TypeError that names the option (%#)', (text, message) => {
    expect(() => parseSealingKeys(text, 'session.sealingKeys')).toThrow(TypeError);
    expect(() => parseSealingKeys(text, 'session.sealingKeys')).toThrow(message);
    expect(() => parseSealingKeys(text, 'session.sealingKeys')).toThrow(/^session\.sealingKeys: /);
  });

  it('are never shown by the error', () => {
    const secret = randomBytes(20).toString('base64');

    for (const text of [secret, `a:${secret}`, `${secret}:a`]) {
      expect(() => parseSealingKeys(text, 'session.sealingKeys')).not.toThrow(secret);
    }
  });
});

describe('a key derived from the private key', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const bytesOf = (...args: Parameters<typeof deriveSealingKey>) =>
    deriveSealingKey(...args)
      .export()
      .toString('hex');

  it('is 32 bytes and the same in whatever form the private key was given', () => {
    const forms = [
      privateKey.export({ type: 'pkcs8', format: 'pem' }),
      privateKey.export({ type: 'pkcs1', format: 'pem' }),
    ];

    const derived = forms.map((form) => bytesOf(createPrivateKey(form)));

    expect(derived).toEqual([bytesOf(privateKey), bytesOf(privateKey)]);
    expect(derived[0]).toHaveLength(64);
  });

  it('is another one for another purpose, and for another private key', () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

    expect(bytesOf(privateKey, 'correlation')).not.toBe(bytesOf(privateKey, 'sealing'));
    expect(bytesOf(other)).not.toBe(bytesOf(privateKey));
  });
});
