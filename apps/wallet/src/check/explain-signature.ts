import { constants, createHash, verify, type KeyObject } from 'node:crypto';
import { contentToSign, type SignedParts } from '../protocol/content-to-sign.js';
import { recoverDigest } from './recover-digest.js';
import { signingMistakes } from './signing-mistakes.js';

export interface FailedSignature {
  readonly parts: SignedParts;
  readonly host: string;
  readonly signature: Buffer;
  readonly key: KeyObject;
  readonly otherKeys: readonly { readonly key: KeyObject; readonly says: string }[];
}

/** Says in one sentence why a signature does not verify, by trying the mistakes that merchants make. */
export function explainSignature(failed: FailedSignature): string {
  const { signature, key, parts } = failed;
  const signed = recoverDigest(signature, key);
  if (signed === undefined) return explainKey(failed);
  const content = contentToSign(parts);
  if (signed.hash === 'none') return 'The signature is a bare RSA block, not RSASSA-PKCS1-v1_5 with SHA-256.';
  if (signed.hash !== 'sha256') {
    return `The signature is over a ${signed.hash} digest; RSA256 is RSASSA-PKCS1-v1_5 with SHA-256.`;
  }
  for (const mistake of signingMistakes(parts, failed.host)) {
    if (createHash('sha256').update(mistake.text).digest().equals(signed.digest)) {
      return `The signature verifies over ${mistake.says}: the signed text is not the sent text.`;
    }
  }
  return (
    'The key is right, the signed text is not POST <path>\\n<Client-Id>.<Request-Time>.<body> of what was sent: ' +
    `SHA-256 of that begins ${start(createHash('sha256').update(content).digest())}, signed was ${start(signed.digest)}. ` +
    'Compare with the signed text in GET /calls.'
  );
}

function explainKey({ parts, signature, key, otherKeys }: FailedSignature): string {
  const content = contentToSign(parts);
  const other = otherKeys.find((candidate) => recoverDigest(signature, candidate.key) !== undefined);
  if (other !== undefined) {
    return `The signature was made with ${other.says}; sign with the private key of the registered key.`;
  }
  const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO };
  if (verify('sha256', content, pss, signature)) return 'The signature is RSASSA-PSS; RSA256 is RSASSA-PKCS1-v1_5.';
  return "The signature was made with another private key than that of the merchant's registered public key, or is no signature.";
}

function start(digest: Buffer): string {
  return digest.toString('hex').slice(0, 8);
}
