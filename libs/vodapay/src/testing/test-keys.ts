import { generateKeyPairSync, type KeyObject } from 'node:crypto';

/** Throw-away keys of one test wallet, PEM but for the key that signs answers. */
export interface TestKeys {
  /** The application's: signs requests. */
  readonly merchantPrivateKey: string;
  /** VodaPay's in this test: verifies answers. */
  readonly vodapayPublicKey: string;
  readonly answerKey: KeyObject;
}

export function makeTestKeys(): TestKeys {
  const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const vodapay = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    merchantPrivateKey: merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    vodapayPublicKey: vodapay.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    answerKey: vodapay.privateKey,
  };
}
