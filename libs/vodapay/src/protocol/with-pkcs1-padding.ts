import { constants, type KeyObject, type SignKeyObjectInput } from 'node:crypto';

/**
 * The key as sign and verify must get it for RSASSA-PKCS1-v1_5. For a key of type `rsa` that padding is the default: the
 * bare key spares Node 24 two errors with their stacks a call, which it makes to find out that an object is no key.
 */
export function withPkcs1Padding(key: KeyObject): KeyObject | SignKeyObjectInput {
  return key.asymmetricKeyType === 'rsa' ? key : { key, padding: constants.RSA_PKCS1_PADDING };
}
