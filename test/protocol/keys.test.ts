import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parsePrivateKey } from '../../libs/vodapay/src/protocol/parse-private-key.js';
import { parsePublicKey } from '../../libs/vodapay/src/protocol/parse-public-key.js';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const small = generateKeyPairSync('rsa', { modulusLength: 1024 });
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed25519 = generateKeyPairSync('ed25519');

const { certificatePem } = JSON.parse(
  readFileSync(new URL('../vectors/certificate.json', import.meta.url), 'utf8'),
) as { readonly certificatePem: string };

type KeyType = 'pkcs8' | 'pkcs1' | 'sec1' | 'spki';

const pem = (key: KeyObject, type: KeyType): string =>
  key.export({ format: 'pem', type } as never) as unknown as string;
const der = (key: KeyObject, type: KeyType): string =>
  (key.export({ format: 'der', type } as never) as unknown as Buffer).toString('base64');
const wrapped = (base64: string): string => base64.replaceAll(/(.{64})/g, '$1\n');
const block = (label: string, content: string): string =>
  `-----BEGIN ${label}-----\n${content}\n-----END ${label}-----\n`;

/** The ways in which the same text is found in environment variables and files. */
const SPELLINGS: readonly (readonly [name: string, spell: (text: string) => string])[] = [
  ['as it is', (text) => text],
  ['with literal \\n', (text) => text.replaceAll('\n', '\\n')],
  ['with literal \\r\\n', (text) => text.replaceAll('\n', '\\r\\n')],
  ['with CRLF', (text) => text.replaceAll('\n', '\r\n')],
  ['with blanks around it', (text) => `\n  ${text}  \n`],
  ['in double quotes', (text) => `"${text}"`],
  ['in single quotes, with literal \\n', (text) => `'${text.replaceAll('\n', '\\n')}'`],
];

describe('the merchant’s private key', () => {
  const forms = [
    ['PEM PKCS#8', pem(rsa.privateKey, 'pkcs8')],
    ['PEM PKCS#1', pem(rsa.privateKey, 'pkcs1')],
    ['base64 of PKCS#8', der(rsa.privateKey, 'pkcs8')],
    ['base64 of PKCS#1', der(rsa.privateKey, 'pkcs1')],
    ['base64 in lines', wrapped(der(rsa.privateKey, 'pkcs8'))],
    ['PKCS#1 under the label of PKCS#8', block('PRIVATE KEY', wrapped(der(rsa.privateKey, 'pkcs1')))],
  ] as const;

  it.each(spelled(forms))('is taken as %s, %s', (_, __, text) => {
    const key = parsePrivateKey(text, 'privateKey');
    expect(key.type).toBe('private');
    expect(createPublicKey(key).equals(rsa.publicKey)).toBe(true);
  });

  it.each([
    ['a public key', 'a public key', pem(rsa.publicKey, 'spki')],
    ['a PKCS#1 public key', 'a public key', pem(rsa.publicKey, 'pkcs1')],
    ['a bare public key', 'a public key', der(rsa.publicKey, 'spki')],
    ['a bare PKCS#1 public key', 'a public key', der(rsa.publicKey, 'pkcs1')],
    ['an RSA-PSS key', 'a key of type rsa-pss', pem(pss.privateKey, 'pkcs8')],
    ['an EC key', 'a key of type ec', pem(ec.privateKey, 'pkcs8')],
    ['an EC key in its own form', 'a key of type ec', pem(ec.privateKey, 'sec1')],
    ['a bare EC key in its own form', 'a key of type ec', der(ec.privateKey, 'sec1')],
    ['an Ed25519 key', 'a key of type ed25519', pem(ed25519.privateKey, 'pkcs8')],
    ['a bare Ed25519 key', 'a key of type ed25519', der(ed25519.privateKey, 'pkcs8')],
    ['1024 bits', 'an RSA key of 1024 bits', pem(small.privateKey, 'pkcs8')],
    ['an encrypted PKCS#8 key', 'an encrypted private key', encrypted('pkcs8')],
    ['an encrypted PKCS#1 key', 'an encrypted private key', encrypted('pkcs1')],
    ['a bare encrypted key', 'an encrypted private key', body(encrypted('pkcs8'))],
    ['an OpenSSH key', 'an OpenSSH private key', block('OPENSSH PRIVATE KEY', 'b3BlbnNzaC1rZXktdjEAAAAA')],
    ['a damaged key', 'a damaged PEM block "PRIVATE KEY"', pem(rsa.privateKey, 'pkcs8').replace(/^MII.{9}/m, '')],
    ['a PEM block that holds no base64', 'a damaged PEM block', block('PRIVATE KEY', '<the key goes here>')],
    ['two blocks', 'a PEM text of 2 blocks', pem(rsa.privateKey, 'pkcs8') + pem(rsa.publicKey, 'spki')],
    ['half a block', 'a PEM text without a whole block', pem(rsa.privateKey, 'pkcs8').slice(0, 400)],
    ['another kind of block', 'a kind that holds no key', block('PGP MESSAGE', 'AAAA')],
    ['an empty text', 'an empty text', ''],
    ['blanks', 'an empty text', ' \n '],
    ['a pair of quotes', 'an empty text', '""'],
    ['garbage', 'neither PEM nor the base64 of a key', 'correct horse battery staple'],
    ['base64 of something else', 'neither PEM nor the base64 of a key', 'c29tZXRoaW5nIGVsc2U='],
    ['a file’s path', 'neither PEM nor the base64 of a key', '/etc/keys/merchant.pem'],
  ])('is refused by name when it is %s', (_, came, text) => {
    const error = refusalOf(() => parsePrivateKey(text, 'privateKey'), text);
    expect(error.message).toContain('option privateKey must be an RSA private key of at least 2048 bits');
    expect(error.message).toContain(came);
    expect(error.message).toContain("Give the merchant's own private key");
  });
});

describe('VodaPay’s public key', () => {
  const forms = [
    ['PEM SPKI', pem(rsa.publicKey, 'spki')],
    ['PEM PKCS#1', pem(rsa.publicKey, 'pkcs1')],
    ['base64 of SPKI', der(rsa.publicKey, 'spki')],
    ['base64 of PKCS#1', der(rsa.publicKey, 'pkcs1')],
    ['base64 in lines', wrapped(der(rsa.publicKey, 'spki'))],
  ] as const;

  it.each(spelled(forms))('is taken as %s, %s', (_, __, text) => {
    const key = parsePublicKey(text, 'vodapayPublicKey');
    expect(key.type).toBe('public');
    expect(key.equals(rsa.publicKey)).toBe(true);
  });

  it.each([
    ['a private key', 'a private key', pem(rsa.privateKey, 'pkcs8')],
    ['a PKCS#1 private key', 'a private key', pem(rsa.privateKey, 'pkcs1')],
    ['a bare private key', 'a private key', der(rsa.privateKey, 'pkcs8')],
    ['a bare PKCS#1 private key', 'a private key', der(rsa.privateKey, 'pkcs1')],
    ['a private key under a public label', 'a private key', block('RSA PUBLIC KEY', der(rsa.privateKey, 'pkcs1'))],
    ['a certificate', 'certificate', certificatePem],
    ['a certificate under a key’s label', 'certificate', block('PUBLIC KEY', body(certificatePem))],
    ['a bare certificate', 'certificate', body(certificatePem)],
    ['an RSA-PSS key', 'a key of type rsa-pss', pem(pss.publicKey, 'spki')],
    ['an EC key', 'a key of type ec', pem(ec.publicKey, 'spki')],
    ['an Ed25519 key', 'a key of type ed25519', der(ed25519.publicKey, 'spki')],
    ['1024 bits', 'an RSA key of 1024 bits', pem(small.publicKey, 'spki')],
    ['an OpenSSH key', 'an OpenSSH public key', 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB someone@example'],
    ['an encrypted private key', 'an encrypted private key', encrypted('pkcs8')],
    ['an empty text', 'an empty text', ''],
    ['garbage', 'neither PEM nor the base64 of a key', '????'],
  ])('is refused by name when it is %s', (_, came, text) => {
    const error = refusalOf(() => parsePublicKey(text, 'vodapayPublicKey'), text);
    expect(error.message).toContain('option vodapayPublicKey must be an RSA public key of at least 2048 bits');
    expect(error.message).toContain(came);
    expect(error.message).toContain("Give VodaPay's public key");
  });
});

function spelled(forms: readonly (readonly [form: string, text: string])[]): [string, string, string][] {
  return forms.flatMap(([form, text]) =>
    SPELLINGS.map(([spelling, spell]): [string, string, string] => [form, spelling, spell(text)]),
  );
}

function encrypted(type: 'pkcs8' | 'pkcs1'): string {
  const options = { format: 'pem', type, cipher: 'aes-256-cbc', passphrase: 'of-the-test' } as const;
  return rsa.privateKey.export(options) as string;
}

/** A PEM block's base64 alone. */
function body(pemText: string): string {
  return pemText.replaceAll(/-----[^-]+-----/g, '').trim();
}

/** The refusal, after a look that no twelve characters of the key's base64 are anywhere in it. */
function refusalOf(parse: () => KeyObject, text: string): Error {
  const error = thrownBy(parse);
  expect(error).toBeInstanceOf(TypeError);
  expect(error.cause).toBeUndefined();
  const shown = inspect(error, { depth: 20, showHidden: true });
  const pieces = text.match(/[A-Za-z0-9+/]{12}/g) ?? [];
  expect(pieces.filter((piece) => shown.includes(piece))).toEqual([]);
  return error;
}

function thrownBy(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('nothing was thrown');
}
