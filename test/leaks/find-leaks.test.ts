import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findLeaks } from './find-leaks.js';

const kindsIn = (text: string, secrets: readonly { kind: string; value: string }[] = []): readonly string[] =>
  findLeaks({ output: [{ kind: 'log', text }], secrets }).map((leak) => leak.kind);

const sessionToken = `vps_${randomBytes(32).toString('base64url')}`;
const signature = randomBytes(256).toString('base64');
const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

describe('the search for leaks finds by its form', () => {
  it.each([
    ['a session token', `GET /me with ${sessionToken}`, 'session token'],
    ['a link ticket', `confirm with vpt_${randomBytes(32).toString('base64url')}`, 'link ticket'],
    ['an auth code', `code=0000000001${'aB3'.repeat(10)}`, "one of VodaPay's handles"],
    ['an access token', `{"accessToken":"0000000002${'aB3'.repeat(10)}"}`, "one of VodaPay's handles"],
    ['a private key', keys.privateKey, 'key'],
    ['a public key', keys.publicKey, 'key'],
    ['a signature', `Signature: algorithm=RSA256, keyVersion=1, signature=${signature}`, 'signature'],
    ['a URL-encoded signature', encodeURIComponent(signature), 'signature'],
    ['an e-mail address', 'no account for anna.m@mail.example', 'e-mail'],
    ['a phone number', 'call +27612345678', 'phone'],
    ['a phone number as VodaPay writes it', 'call 27-612345678.', 'phone'],
  ])('%s', (_title, text, kind) => {
    expect(kindsIn(text)).toContain(kind);
  });
});

it("the search for leaks lets a client have its own ticket: in a refusal's body, and nowhere else", () => {
  const value = `vpt_${randomBytes(32).toString('base64url')}`;
  const text = `{"code":"VODAPAY_LINK_PROOF_REQUIRED","ticket":"${value}"}`;
  const leaksIn = (kind: string) => findLeaks({ output: [{ kind, text }], secrets: [{ kind: 'link ticket', value }] });
  expect(leaksIn('answer')).toEqual([]);
  expect(leaksIn('log')).not.toEqual([]);
});

describe('the search for leaks finds by value', () => {
  it('a noted secret of any form, inside other text', () => {
    expect(kindsIn('refused: the-code-of-anna!', [{ kind: 'auth code', value: 'the-code-of-anna' }])).toEqual([
      'auth code',
    ]);
  });

  it('a noted secret that was URL-encoded on the way', () => {
    expect(kindsIn('?t=a%2Bb%2Fc%3D12345678', [{ kind: 'signature', value: 'a+b/c=12345678' }])).toEqual(['signature']);
  });

  it('a single line of a noted key', () => {
    const line = keys.privateKey.split('\n')[5] ?? '';
    expect(kindsIn(`bad line ${line}`, [{ kind: 'private key', value: keys.privateKey }])).toEqual(['private key']);
  });

  it('a noted phone number without its punctuation', () => {
    expect(kindsIn('user 44-7700900123: 447700900123', [{ kind: 'phone', value: '44-7700900123' }])).toEqual([
      'phone',
      'phone',
    ]);
  });

  it('every place, and shows no more than the first characters of what it found', () => {
    const leaks = findLeaks({
      output: [
        { kind: 'log', text: `a ${sessionToken}` },
        { kind: 'answer', text: `b ${sessionToken}` },
      ],
      secrets: [],
    });
    expect(leaks.map((leak) => leak.saidIn)).toEqual(['log', 'answer']);
    expect(JSON.stringify(leaks)).not.toContain(sessionToken.slice(0, 12));
  });
});

describe('the search for leaks is quiet about', () => {
  it.each([
    [
      'ids, times and stack traces',
      `2166100000000000012345 1790000000000 2026-11-23T06:30:00.000+02:00 at f (file:///a/@nestjs/common/x.js:1:2)`,
    ],
    ['a database address', 'postgres://sample:secret@127.0.0.1:5432/sample'],
    ['a hash and a uuid', `${randomBytes(32).toString('hex')} 019a0f5e-5c4e-7cc3-8a27-612345678901`],
    ['a word as long as a noted secret', 'the-code-of-anne', 'the-code-of-anna'],
  ])('%s', (_title, text, noted = 'noted-elsewhere') => {
    expect(kindsIn(text, [{ kind: 'auth code', value: noted }])).toEqual([]);
  });
});
