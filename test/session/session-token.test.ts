import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashSessionToken, isSessionToken, newSessionToken } from '../../libs/vodapay/src/session/session-token.js';

describe('a session token', () => {
  it('is vps_ and 256 random bits in base64url', () => {
    expect(newSessionToken((size) => Buffer.alloc(size, 0xff))).toBe(`vps_${'_'.repeat(42)}8`);
    expect(newSessionToken(randomBytes)).not.toBe(newSessionToken(randomBytes));
  });

  it('is known by its beginning, so that even a damaged one never goes to the wallet', () => {
    expect(isSessionToken(newSessionToken(randomBytes))).toBe(true);
    expect(isSessionToken('vps_')).toBe(true);
    expect(isSessionToken('0000000002aaaa')).toBe(false);
  });

  it('is hashed with SHA-256', () => {
    expect(hashSessionToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
