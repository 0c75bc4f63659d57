import type { SignatureEncoding } from './signature-encoding.js';

const ENCODERS: Readonly<Record<SignatureEncoding, (signature: Buffer) => string>> = {
  base64: (signature) => signature.toString('base64'),
  'url-encoded-base64': (signature) => encodeURIComponent(signature.toString('base64')),
  base64url: (signature) => signature.toString('base64url'),
};

/** The signature as it stands in the header. */
export function encodeSignature(signature: Buffer, encoding: SignatureEncoding): string {
  return ENCODERS[encoding](signature);
}
