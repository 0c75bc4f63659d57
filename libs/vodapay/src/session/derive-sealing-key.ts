import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** What a derived key is for; keys of different purposes are unrelated. */
export const DERIVED_KEY_LABELS = Object.freeze({
  sealing: 'nestjs-vodapay sealing v1',
  correlation: 'nestjs-vodapay correlation v1',
});

/**
 * A 32-byte key from the merchant's private key (or a secret key), by HKDF-SHA256. The same key in any PEM or DER form
 * gives the same.
 */
export function deriveSealingKey(key: KeyObject, purpose: keyof typeof DERIVED_KEY_LABELS = 'sealing'): KeyObject {
  const material = key.type === 'secret' ? key.export() : key.export({ type: 'pkcs8', format: 'der' });
  return createSecretKey(Buffer.from(hkdfSync('sha256', material, '', DERIVED_KEY_LABELS[purpose], 32)));
}
