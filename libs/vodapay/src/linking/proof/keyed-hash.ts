import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';

/**
 * HMAC-SHA256 of these parts, 64 hex digits. Keyed, because codes are short and identities are guessable: without the
 * key a stolen table tells neither. The first part says what is hashed, so that no hash serves for anything else.
 */
export function keyedHash(key: KeyObject, what: string, ...parts: readonly string[]): string {
  return createHmac('sha256', key)
    .update(JSON.stringify([what, ...parts]))
    .digest('hex');
}

/** Whether two hashes are the same, in constant time. */
export function isSameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
