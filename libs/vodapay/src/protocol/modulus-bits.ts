import type { KeyObject } from 'node:crypto';

/** The length of an RSA key's modulus in bits; 0 for a key that has none. */
export function modulusBits(key: KeyObject): number {
  return key.asymmetricKeyDetails?.modulusLength ?? 0;
}
