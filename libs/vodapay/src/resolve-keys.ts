import type { KeyObject } from 'node:crypto';
import { invalidOption } from './invalid-option.js';
import { isSameKey } from './protocol/is-same-key.js';
import { parsePrivateKey } from './protocol/parse-private-key.js';
import { parsePublicKey } from './protocol/parse-public-key.js';
import { PrivateKeySigner } from './protocol/private-key-signer.js';
import type { Signer } from './protocol/signer.js';
import { DEFAULTS, type ResolvedVodaPayOptions, type VodaPayModuleOptions } from './vodapay.options.js';

/** Who signs, and the private key itself where it is in the configuration. */
export interface ResolvedSigner {
  readonly signer: Signer;
  readonly privateKey: KeyObject | undefined;
}

/** The merchant's side of the wire: `privateKey` with `keyVersion`, or a `signer`. */
export function resolveSigner({ privateKey, keyVersion, signer }: VodaPayModuleOptions): ResolvedSigner {
  if ((privateKey === undefined) === (signer === undefined)) {
    const came = signer === undefined ? 'neither' : 'both';
    throw invalidOption('privateKey or signer', `must be given, one of the two; ${came} came`);
  }
  if (signer !== undefined) {
    if (typeof signer.sign !== 'function') {
      throw invalidOption('signer', 'must be a Signer: an object with the method sign');
    }
    if (keyVersion !== undefined) throw invalidOption('keyVersion', 'goes with privateKey; a signer tells its own');
    return { signer, privateKey: undefined };
  }
  const text = privateKey ?? '';
  return {
    signer: new PrivateKeySigner({ privateKey: text, keyVersion: keyVersion ?? DEFAULTS.keyVersion }),
    privateKey: parsePrivateKey(text, 'privateKey'),
  };
}

/** VodaPay's side of the wire: the keys of the configuration, and how to ask the source `keys` for others. */
export function resolveVodaPayKeys(
  options: VodaPayModuleOptions,
  ownKey: KeyObject | undefined,
): Pick<ResolvedVodaPayOptions, 'vodapayPublicKeys' | 'loadVodaPayKeys'> {
  const { vodapayPublicKey, vodapayPublicKeyVersion, vodapayPublicKeys, keys } = options;
  const given = [vodapayPublicKey, vodapayPublicKeys].filter((value) => value !== undefined).length;
  if (given === 2 || (given === 0 && keys === undefined)) {
    const came = given === 2 ? 'both' : 'neither';
    throw invalidOption('vodapayPublicKey or vodapayPublicKeys', `must be given, one of the two; ${came} came`);
  }
  if (keys !== undefined && typeof keys !== 'function') throw invalidOption('keys', 'must be a function');
  const version = vodapayPublicKeyVersion ?? DEFAULTS.vodapayPublicKeyVersion;
  const vodapayPublicKeyRing =
    vodapayPublicKey === undefined
      ? parseRing(vodapayPublicKeys ?? {}, 'vodapayPublicKeys', ownKey)
      : new Map([[version, parseForeign(vodapayPublicKey, 'vodapayPublicKey', ownKey)]]);
  const loading = keys === undefined ? {} : { loadVodaPayKeys: () => loadRing(keys, ownKey) };
  return { vodapayPublicKeys: vodapayPublicKeyRing, ...loading };
}

/** A TypeError is ours and quotes nothing; what the source throws stays a cause. */
async function loadRing(source: NonNullable<VodaPayModuleOptions['keys']>, ownKey: KeyObject | undefined) {
  let given: unknown;
  try {
    given = await source();
  } catch (error) {
    throw new Error('The source of keys failed.', { cause: error });
  }
  return parseRing(given, 'keys', ownKey);
}

function parseRing(given: unknown, option: string, ownKey: KeyObject | undefined): ReadonlyMap<number, KeyObject> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw invalidOption(option, 'must be an object of key version → public key');
  }
  const ring = Object.entries(given).map(([version, key]: [string, unknown]) => {
    if (!/^[1-9]\d{0,8}$/.test(version)) throw invalidOption(option, 'must have key versions that are integers from 1');
    if (typeof key !== 'string') throw invalidOption(`${option}[${version}]`, 'must be a key as text');
    return [Number(version), parseForeign(key, `${option}[${version}]`, ownKey)] as const;
  });
  return new Map(ring);
}

function parseForeign(text: string, option: string, ownKey: KeyObject | undefined): KeyObject {
  const key = parsePublicKey(text, option);
  if (ownKey !== undefined && isSameKey(ownKey, key)) {
    throw invalidOption(option, "is your own public key; give the one that VodaPay's portal shows as VodaPay's");
  }
  return key;
}
