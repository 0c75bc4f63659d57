import { generateKeyPairSync, type KeyObject } from 'node:crypto';

/** A key pair made for this run. */
export interface TestKeys {
  readonly privateKey: string;
  readonly publicKey: string;
}

export function newKeys(): TestKeys {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { privateKey: pem(pair.privateKey, 'pkcs8'), publicKey: pem(pair.publicKey, 'spki') };
}

function pem(key: KeyObject, type: 'pkcs8' | 'spki'): string {
  return key.export({ type, format: 'pem' }).toString();
}
