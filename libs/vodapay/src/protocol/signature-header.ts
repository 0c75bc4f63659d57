/** The only algorithm of the protocol: RSASSA-PKCS1-v1_5 with SHA-256. */
const ALGORITHM = 'RSA256';

/** What a `Signature` header says. */
export interface SignatureHeader {
  /** Which registered key signed. */
  readonly keyVersion: number;
  /** The value in one of its encodings, not decoded. */
  readonly signature: string;
}

/** Why a `Signature` header can't be read; a sentence's end without any part of the header. */
export interface UnreadableSignatureHeader {
  readonly problem: string;
}

/** Writes the header in the form that VodaPay's own page shows. */
export function formatSignatureHeader({ keyVersion, signature }: SignatureHeader): string {
  return `algorithm=${ALGORITHM}, keyVersion=${keyVersion}, signature=${signature}`;
}

/** Reads the header: order, blanks and case of the names are free. A name given twice is refused. */
export function parseSignatureHeader(value: string): SignatureHeader | UnreadableSignatureHeader {
  const parameters = readParameters(value);
  if (parameters === undefined) return { problem: 'is no list of name=value with each name once' };
  if (parameters.get('algorithm') !== ALGORITHM) return { problem: `has an algorithm other than ${ALGORITHM}` };
  const keyVersion = parameters.get('keyversion') ?? '';
  if (!/^(0|[1-9]\d{0,8})$/.test(keyVersion)) return { problem: 'has a keyVersion that is no integer' };
  const signature = parameters.get('signature') ?? '';
  return signature === '' ? { problem: 'has no signature' } : { keyVersion: Number(keyVersion), signature };
}

/** No encoding of the value holds a comma, so the list may be split at commas wherever the signature stands. */
function readParameters(value: string): ReadonlyMap<string, string> | undefined {
  const parts = value.split(',').map(readParameter);
  const named = new Map(parts);
  return named.size === parts.length && !named.has('') ? named : undefined;
}

/** Split at the first `=`: the others are the value's padding. */
function readParameter(part: string): readonly [name: string, value: string] {
  const at = part.indexOf('=');
  return at < 0 ? ['', ''] : [part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()];
}
