/** The ways in which merchants of this platform's wallets write a signature. */
export const SIGNATURE_ENCODINGS = ['base64', 'url-encoded', 'base64url'] as const;

export type SignatureEncoding = (typeof SIGNATURE_ENCODINGS)[number];

export type SignatureValueReading =
  | { readonly readable: true; readonly encoding: SignatureEncoding; readonly bytes: Buffer }
  | { readonly readable: false; readonly why: string };

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const BASE64URL = /^[A-Za-z0-9_-]+={0,2}$/;

/** Tells which encoding was used and decodes it. `expectedBytes` is the length of the key's modulus. */
export function readSignatureValue(value: string, expectedBytes: number): SignatureValueReading {
  if (value.length === base64Length(expectedBytes) && BASE64.test(value)) {
    return { readable: true, encoding: 'base64', bytes: Buffer.from(value, 'base64') };
  }
  if (/\s/.test(value)) return unreadable('The signature holds a blank: its + was lost in form-decoding.');
  if (/^[0-9a-f]+$/i.test(value) && value.length === expectedBytes * 2) {
    return unreadable('The signature is written in hex; standard base64 is expected.');
  }
  if (isUnpadded(value, expectedBytes)) {
    return unreadable('The signature is base64 without its padding; standard base64 ends in = here.');
  }
  const encoding = encodingOf(value);
  if (encoding === undefined) return unreadable('The signature is not base64.');
  const bytes = decode(value, encoding);
  if (bytes === undefined) return unreadable('The signature is not base64 after percent-decoding.');
  if (bytes.length !== expectedBytes) {
    if (isBase64Of(bytes.toString('latin1'), expectedBytes))
      return unreadable('The signature is in base64 twice over.');
    return unreadable(
      `The signature has ${bytes.length} bytes after decoding; the registered key makes ${expectedBytes}.`,
    );
  }
  return { readable: true, encoding, bytes };
}

function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

/** Only + and / tell it from base64url, which needs no padding. */
function isUnpadded(value: string, expectedBytes: number): boolean {
  return /[+/]/.test(value) && value.length % 4 !== 0 && isBase64Of(value, expectedBytes);
}

function isBase64Of(text: string, bytes: number): boolean {
  return BASE64.test(text) && Buffer.from(text, 'base64').length === bytes;
}

function encodingOf(value: string): SignatureEncoding | undefined {
  if (value.includes('%')) return 'url-encoded';
  // Base64 of a 256-byte signature always ends in padding; without it the value is base64url, even when no - or _ shows.
  if (BASE64.test(value) && value.length % 4 === 0) return 'base64';
  return BASE64URL.test(value) || BASE64.test(value) ? 'base64url' : undefined;
}

function decode(value: string, encoding: SignatureEncoding): Buffer | undefined {
  if (encoding !== 'url-encoded') return Buffer.from(value, encoding);
  try {
    const decoded = decodeURIComponent(value);
    return BASE64.test(decoded) ? Buffer.from(decoded, 'base64') : undefined;
  } catch {
    return undefined;
  }
}

function unreadable(why: string): SignatureValueReading {
  return { readable: false, why };
}
