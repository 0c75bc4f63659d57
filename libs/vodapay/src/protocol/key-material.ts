import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';

/** What a configured text holds. `other` says in words what it is instead of a usable key, without any of its bytes. */
export type KeyMaterial =
  { readonly kind: 'private' | 'public'; readonly key: KeyObject } | { readonly kind: 'other'; readonly what: string };

/**
 * Reads a key as people paste it: PEM, or the base64 of its DER alone; with literal `\n`, CRLF, folded into one line, in
 * quotes. Never throws: what crypto says about a broken key may quote it.
 */
export function readKeyMaterial(text: string): KeyMaterial {
  const unfolded = unquoted(text.replaceAll(/\\r|\\n/g, '\n').trim());
  if (unfolded === '') return other('an empty text');
  if (/^ssh-[a-z0-9-]+\s/.test(unfolded)) return other('an OpenSSH public key');
  if (!unfolded.includes('-----')) return readDer(unfolded) ?? other('neither PEM nor the base64 of a key');
  return readPem(unfolded);
}

type Reader = (der: Buffer) => KeyMaterial;

const readPkcs8: Reader = (key) => privateKey(createPrivateKey({ key, format: 'der', type: 'pkcs8' }));
const readPkcs1Private: Reader = (key) => privateKey(createPrivateKey({ key, format: 'der', type: 'pkcs1' }));
const readSec1: Reader = (key) => privateKey(createPrivateKey({ key, format: 'der', type: 'sec1' }));
const readSpki: Reader = (key) => publicKey(createPublicKey({ key, format: 'der', type: 'spki' }));
const readPkcs1Public: Reader = (key) => publicKey(createPublicKey({ key, format: 'der', type: 'pkcs1' }));
const readCertificate: Reader = (der) =>
  other(new X509Certificate(der).ca ? "an authority's certificate" : 'a certificate');

/** In this order: crypto takes a private PKCS#1 key for a public one when asked so. */
const READERS: readonly Reader[] = [readPkcs8, readPkcs1Private, readSec1, readSpki, readPkcs1Public, readCertificate];

/** Labels under which a key may stand. Which key it is, its DER says: hand-made PEM often bears the wrong one of them. */
const KEY_LABELS: ReadonlySet<string> = new Set([
  'PRIVATE KEY',
  'RSA PRIVATE KEY',
  'EC PRIVATE KEY',
  'PUBLIC KEY',
  'RSA PUBLIC KEY',
]);

/** What to call the blocks that hold no usable key. */
const OTHER_LABELS: ReadonlyMap<string, string> = new Map([
  ['ENCRYPTED PRIVATE KEY', 'an encrypted private key'],
  ['OPENSSH PRIVATE KEY', 'an OpenSSH private key'],
  ['CERTIFICATE', 'a certificate'],
  ['TRUSTED CERTIFICATE', 'a certificate'],
  ['CERTIFICATE REQUEST', 'a certificate request'],
  ['DSA PRIVATE KEY', 'a DSA key'],
]);

const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g;

function readPem(text: string): KeyMaterial {
  const blocks = [...text.matchAll(PEM_BLOCK)];
  const [block] = blocks;
  if (block === undefined) return other('a PEM text without a whole block');
  if (blocks.length > 1) return other(`a PEM text of ${blocks.length} blocks`);
  const [, label = '', content = ''] = block;
  if (!KEY_LABELS.has(label)) return other(OTHER_LABELS.get(label) ?? 'a PEM block of a kind that holds no key');
  if (/Proc-Type:\s*4,\s*ENCRYPTED/i.test(content)) return other('an encrypted private key');
  return readDer(content) ?? other(`a damaged PEM block "${label}"`);
}

function readDer(text: string): KeyMaterial | undefined {
  const base64 = text.replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  const der = Buffer.from(base64, 'base64');
  for (const read of READERS) {
    try {
      return read(der);
    } catch (error) {
      if (needsPassphrase(error)) return other('an encrypted private key');
    }
  }
  return undefined;
}

function needsPassphrase(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MISSING_PASSPHRASE';
}

function unquoted(text: string): string {
  return (/^(["'])([\s\S]*)\1$/.exec(text)?.[2] ?? text).trim();
}

function privateKey(key: KeyObject): KeyMaterial {
  return { kind: 'private', key };
}

function publicKey(key: KeyObject): KeyMaterial {
  return { kind: 'public', key };
}

function other(what: string): KeyMaterial {
  return { kind: 'other', what };
}
