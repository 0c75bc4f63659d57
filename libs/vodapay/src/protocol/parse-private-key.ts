import type { KeyObject } from 'node:crypto';
import { readKeyMaterial } from './key-material.js';
import { requireRsaKey } from './require-rsa-key.js';

/**
 * The merchant's RSA private key, at least 2048 bits, from PEM (PKCS#8 or PKCS#1) or the base64 of its DER.
 *
 * @param option the option's name, for the TypeError that refuses anything else.
 */
export function parsePrivateKey(text: string, option: string): KeyObject {
  return requireRsaKey(readKeyMaterial(text), {
    option,
    kind: 'private',
    advice: "Give the merchant's own private key, unencrypted: PEM (PKCS#8 or PKCS#1) or the base64 of its DER.",
  });
}
