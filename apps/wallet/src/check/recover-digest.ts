import { constants, publicDecrypt, type KeyObject } from 'node:crypto';

export interface SignedDigest {
  readonly hash: 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'none';
  readonly digest: Buffer;
}

/** DER of DigestInfo before the digest itself, RFC 8017 §9.2 note 1. */
const DIGEST_INFO_PREFIXES: readonly (readonly [SignedDigest['hash'], string])[] = [
  ['md5', '3020300c06082a864886f70d020505000410'],
  ['sha1', '3021300906052b0e03021a05000414'],
  ['sha256', '3031300d060960864801650304020105000420'],
  ['sha384', '3041300d060960864801650304020205000430'],
  ['sha512', '3051300d060960864801650304020305000440'],
];

/**
 * What a PKCS#1 v1.5 signature really covers: such a signature gives its digest back to whoever has the public key.
 * Undefined when it was made with another key (or another padding).
 */
export function recoverDigest(signature: Buffer, key: KeyObject): SignedDigest | undefined {
  let block: Buffer;
  try {
    block = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
  } catch {
    return undefined;
  }
  const hex = block.toString('hex');
  const known = DIGEST_INFO_PREFIXES.find(([, prefix]) => hex.startsWith(prefix));
  if (known === undefined) return { hash: 'none', digest: block };
  const [hash, prefix] = known;
  return { hash, digest: block.subarray(prefix.length / 2) };
}
