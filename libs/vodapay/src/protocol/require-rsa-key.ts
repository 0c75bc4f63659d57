import type { KeyObject } from 'node:crypto';
import type { KeyMaterial } from './key-material.js';
import { modulusBits } from './modulus-bits.js';

/** Which key an option wants, in the words of its refusal. */
export interface WantedKey {
  readonly option: string;
  readonly kind: 'private' | 'public';
  /** What to give instead. */
  readonly advice: string;
}

const MIN_BITS = 2048;

/** The key, if it is an RSA key of the wanted kind and size. Throws a TypeError that names the option and what came. */
export function requireRsaKey(material: KeyMaterial, wanted: WantedKey): KeyObject {
  if (material.kind === 'other') throw refused(wanted, material.what);
  const { kind, key } = material;
  if (kind !== wanted.kind) throw refused(wanted, `a ${kind} key`);
  if (key.asymmetricKeyType !== 'rsa') throw refused(wanted, `a key of type ${key.asymmetricKeyType ?? 'unknown'}`);
  const bits = modulusBits(key);
  if (bits < MIN_BITS) throw refused(wanted, `an RSA key of ${bits} bits`);
  return key;
}

function refused({ option, kind, advice }: WantedKey, came: string): TypeError {
  return new TypeError(
    `VodaPayModule: option ${option} must be an RSA ${kind} key of at least ${MIN_BITS} bits, but ${came} came. ${advice}`,
  );
}
