import { constants, verify, type KeyObject } from 'node:crypto';

/** Whether the signature (RSASSA-PKCS1-v1_5, SHA-256) over these bytes was made with the key's private half. */
export function verifyContent(content: Uint8Array, signature: Uint8Array, key: KeyObject): boolean {
  return verify('sha256', content, { key, padding: constants.RSA_PKCS1_PADDING }, signature);
}
