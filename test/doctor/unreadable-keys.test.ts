import { describe, expect, it } from 'vitest';
import { ENCRYPTED, MERCHANT, newPair } from './broken-keys.js';
import { runProgram } from './run-program.js';

const { publicKey } = newPair();
const RIGHT = {
  VODAPAY_ENVIRONMENT: 'sandbox',
  VODAPAY_CLIENT_ID: '2021072700000000000001',
  VODAPAY_PUBLIC_KEY: publicKey,
};

describe('doctor, of a private key that is there but cannot be read as it is,', () => {
  it.each<readonly [string, Readonly<Record<string, string>>, RegExp]>([
    ['a wrong path', { VODAPAY_PRIVATE_KEY_FILE: 'nowhere.pem' }, /Check the path/],
    ['a passphrase', { VODAPAY_PRIVATE_KEY: ENCRYPTED.privateKey }, /Decrypt it: openssl pkey/],
    [
      'several lines without quotes',
      { VODAPAY_PRIVATE_KEY: MERCHANT.privateKey.slice(0, MERCHANT.privateKey.indexOf('\n')) },
      /In an env file write it in double quotes, or in one line with \\n/,
    ],
    [
      'two sources',
      { VODAPAY_PRIVATE_KEY: MERCHANT.privateKey, VODAPAY_PRIVATE_KEY_FILE: 'other.pem' },
      /Unset one of them/,
    ],
  ])('asks nobody to make a new one: %s', async (_, key, next) => {
    const { code, lines } = await runProgram(['doctor', '--offline'], { environment: { ...RIGHT, ...key } });
    expect(code).toBe(1);
    expect(lines[1]).toMatch(next);
    expect(lines.join('\n')).not.toContain('keygen');
  });
});
