import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { parsePublicKey } from './protocol/parse-key.js';
import type { WalletOptions } from './wallet-options.js';

export interface MerchantKeys {
  /** The registered public keys by key version. */
  readonly keys: ReadonlyMap<number, KeyObject>;
  /** Only when no key was given and the wallet made a pair. */
  readonly privateKey: KeyObject | undefined;
}

/** Throws a TypeError that names the option when a key is none, or is the wallet's own. */
export function registerMerchantKeys(
  { merchantPublicKey, merchantKeyVersion = 1, merchantPublicKeys = {}, lenient = false }: WalletOptions,
  walletPublicKey: KeyObject,
): MerchantKeys {
  const keys = new Map<number, KeyObject>();
  if (merchantPublicKey !== undefined) keys.set(merchantKeyVersion, readKey(merchantPublicKey, 'merchantPublicKey'));
  for (const [version, key] of Object.entries(merchantPublicKeys)) {
    const option = `merchantPublicKeys[${version}]`;
    if (!/^\d{1,9}$/.test(version)) throw new TypeError(`${option}: a key version is a whole number.`);
    if (keys.has(Number(version))) throw new TypeError(`${option}: this key version is registered already.`);
    keys.set(Number(version), readKey(key, option));
  }
  for (const [version, key] of keys) {
    if (key.equals(walletPublicKey)) {
      const option = merchantPublicKeys[version] === undefined ? 'merchantPublicKey' : `merchantPublicKeys[${version}]`;
      throw new TypeError(`${option} belongs to the wallet's own private key; the merchant has another pair.`);
    }
  }
  // A lenient wallet trusts everybody; a strict one without a key would trust nobody.
  if (keys.size > 0 || lenient) return { keys, privateKey: undefined };
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { keys: new Map([[merchantKeyVersion, pair.publicKey]]), privateKey: pair.privateKey };
}

function readKey(given: string | KeyObject, option: string): KeyObject {
  return typeof given === 'string' ? parsePublicKey(given, option) : given;
}
