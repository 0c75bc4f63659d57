import type { KeyObject } from 'node:crypto';
import { parsePrivateKey } from './parse-private-key.js';
import { signContent } from './sign-content.js';
import { Signer, type MadeSignature } from './signer.js';

/** A merchant's private key, and the version under which VodaPay has its public half. */
export interface SigningKey {
  /** RSA, at least 2048 bits: PEM (PKCS#8, PKCS#1), or base64 DER. */
  readonly privateKey: string;
  /** Integer from 1. Default 1. */
  readonly keyVersion?: number;
}

/**
 * Signs with a private key in memory, which can be swapped while the application runs: register the new public key with
 * VodaPay first.
 *
 * @example
 * const signer = new PrivateKeySigner({ privateKey, keyVersion: 1 });
 * // VodaPayModule.forRoot({ signer, session: { sealingKeys }, … }), and later, without a restart:
 * signer.use({ privateKey: nextPrivateKey, keyVersion: 2 });
 */
export class PrivateKeySigner extends Signer {
  private current: { readonly key: KeyObject; readonly keyVersion: number };

  /** Throws a TypeError for anything but an RSA private key of 2048 bits or more. */
  constructor(key: SigningKey) {
    super();
    this.current = parse(key);
  }

  /** Signs with this key from the next request on. Throws a TypeError as the constructor, and keeps the former key then. */
  use(key: SigningKey): void {
    this.current = parse(key);
  }

  override async sign(content: string): Promise<MadeSignature> {
    const { key, keyVersion } = this.current;
    return { keyVersion, signature: await signContent(content, key) };
  }
}

function parse({ privateKey, keyVersion = 1 }: SigningKey) {
  if (!Number.isSafeInteger(keyVersion) || keyVersion < 1) {
    throw new TypeError(`PrivateKeySigner: keyVersion must be an integer from 1; it is ${String(keyVersion)}.`);
  }
  return { key: parsePrivateKey(privateKey, 'privateKey'), keyVersion };
}
