import { verify, type KeyObject } from 'node:crypto';
import { withPkcs1Padding } from './with-pkcs1-padding.js';

/** Whether the signature (RSASSA-PKCS1-v1_5, SHA-256) over these bytes was made with the key's private half. */
export function verifyContent(content: Uint8Array, signature: Uint8Array, key: KeyObject): boolean {
  return verify('sha256', content, withPkcs1Padding(key), signature);
}
