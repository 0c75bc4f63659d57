import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

const MIN_MODULUS_BITS = 2048;

/** Reads PEM (SPKI, PKCS#1) or bare base64 DER (SPKI). Throws a TypeError that begins with `option`. */
export function parsePublicKey(text: string, option: string): KeyObject {
  if (text.includes('PRIVATE KEY')) throw new TypeError(`${option} is a private key; give the public one.`);
  return checked(option, 'public', () =>
    isPem(text)
      ? createPublicKey(text)
      : createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' }),
  );
}

/** Reads PEM (PKCS#8, PKCS#1) or bare base64 DER (PKCS#8). Throws a TypeError that begins with `option`. */
export function parsePrivateKey(text: string, option: string): KeyObject {
  if (text.includes('PUBLIC KEY')) throw new TypeError(`${option} is a public key; give the private one.`);
  return checked(option, 'private', () =>
    isPem(text)
      ? createPrivateKey(text)
      : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' }),
  );
}

export function publicPem(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

function checked(option: string, kind: 'public' | 'private', read: () => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch (cause) {
    throw new TypeError(`${option} does not hold a ${kind} key: expected PEM text or bare base64 DER.`, { cause });
  }
  if (key.asymmetricKeyType !== 'rsa') {
    throw new TypeError(`${option} must be an RSA key, came ${String(key.asymmetricKeyType)}.`);
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < MIN_MODULUS_BITS) {
    throw new TypeError(`${option} must have at least ${MIN_MODULUS_BITS} bits, came ${bits}.`);
  }
  return key;
}

function isPem(text: string): boolean {
  return text.includes('-----BEGIN');
}
