import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { recordSecret } from '../leaks/record-secret.js';

interface Pair {
  readonly privateKey: string;
  readonly publicKey: string;
}

interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Only the private half may be encrypted. */
function inPem({ privateKey, publicKey }: KeyPair, passphrase?: string): Pair {
  const encryption = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem', ...encryption }).toString();
  return {
    privateKey: recordSecret('private key', pem),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

export const newPair = (): Pair => inPem(generateKeyPairSync('rsa', { modulusLength: 2048 }));

export const MERCHANT = newPair();

/** Keys that are none of those the library takes. */
export const SMALL = inPem(generateKeyPairSync('rsa', { modulusLength: 1024 }));
export const ELLIPTIC = inPem(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }));
export const ENCRYPTED = inPem(generateKeyPairSync('rsa', { modulusLength: 2048 }), 'secret');
