/** The Signature header taken apart; `value` is still encoded. */
interface SignatureHeader {
  readonly keyVersion: number;
  readonly value: string;
}

export type SignatureHeaderReading =
  { readonly readable: true; readonly header: SignatureHeader } | { readonly readable: false; readonly why: string };

const FORM = 'algorithm=RSA256, keyVersion=1, signature=<base64>';

export function parseSignatureHeader(text: string | undefined): SignatureHeaderReading {
  if (text === undefined || text === '') return unreadable(`The header Signature is missing: ${FORM}.`);
  const start = text.indexOf('signature=');
  if (start < 0) return unreadable(`The header Signature has no signature= part. Expected: ${FORM}.`);
  const value = text.slice(start + 'signature='.length).trim();
  if (value === '') return unreadable('The header Signature has an empty signature= part.');
  const fields = readFields(text.slice(0, start));
  const algorithm = fields.get('algorithm');
  if (algorithm === undefined) return unreadable(`The header Signature has no algorithm= part. Expected: ${FORM}.`);
  if (algorithm !== 'RSA256') return unreadable(`The algorithm must be RSA256, came ${algorithm}.`);
  const keyVersion = fields.get('keyVersion');
  if (keyVersion === undefined) return unreadable(`The header Signature has no keyVersion= part. Expected: ${FORM}.`);
  if (!/^\d{1,9}$/.test(keyVersion)) return unreadable(`keyVersion must be a whole number, came ${keyVersion}.`);
  return { readable: true, header: { keyVersion: Number(keyVersion), value } };
}

function readFields(text: string): ReadonlyMap<string, string> {
  const pairs = text
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part): [string, string] => {
      const equals = part.indexOf('=');
      return equals < 0 ? [part.trim(), ''] : [part.slice(0, equals).trim(), part.slice(equals + 1).trim()];
    });
  return new Map(pairs);
}

function unreadable(why: string): SignatureHeaderReading {
  return { readable: false, why };
}
