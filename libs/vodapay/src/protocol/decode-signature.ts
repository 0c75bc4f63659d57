/**
 * Reads a signature value in any of the three encodings. Never form-decoded: `+` would become a blank.
 *
 * @param byteLength the length of the key's modulus in bytes.
 * @returns `undefined` when the text is none of the encodings or of another length.
 */
export function decodeSignature(text: string, byteLength: number): Buffer | undefined {
  const base64 = percentDecoded(text.trim());
  if (base64 === undefined || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(base64)) return undefined;
  // Node's decoder reads both alphabets.
  const signature = Buffer.from(base64, 'base64');
  return signature.length === byteLength ? signature : undefined;
}

function percentDecoded(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
