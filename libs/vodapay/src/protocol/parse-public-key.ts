import type { KeyObject } from 'node:crypto';
import { readKeyMaterial } from './key-material.js';
import { requireRsaKey } from './require-rsa-key.js';

/**
 * VodaPay's RSA public key, at least 2048 bits, from PEM (SPKI or PKCS#1) or the base64 of its DER.
 *
 * @param option the option's name, for the TypeError that refuses anything else.
 */
export function parsePublicKey(text: string, option: string): KeyObject {
  return requireRsaKey(readKeyMaterial(text), {
    option,
    kind: 'public',
    advice: "Give VodaPay's public key from its portal: PEM (SPKI or PKCS#1) or the base64 of its DER.",
  });
}
