import { createPublicKey, type KeyObject } from 'node:crypto';

/** Whether the public key is the private key's own half: the usual mix-up, since VodaPay's answers need VodaPay's key. */
export function isSameKey(privateKey: KeyObject, publicKey: KeyObject): boolean {
  return createPublicKey(privateKey).equals(publicKey);
}
