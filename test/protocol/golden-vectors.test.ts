import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bytesToVerify, contentToSign } from '../../libs/vodapay/src/protocol/content-to-sign.js';
import { decodeSignature } from '../../libs/vodapay/src/protocol/decode-signature.js';
import { encodeSignature } from '../../libs/vodapay/src/protocol/encode-signature.js';
import { judgeAnswer } from '../../libs/vodapay/src/protocol/judge-answer.js';
import { OPERATIONS } from '../../libs/vodapay/src/protocol/operations.js';
import { parsePublicKey } from '../../libs/vodapay/src/protocol/parse-public-key.js';
import { readTokens } from '../../libs/vodapay/src/protocol/read-tokens.js';
import { readUserInfo } from '../../libs/vodapay/src/protocol/read-user-info.js';
import type { SignatureEncoding } from '../../libs/vodapay/src/protocol/signature-encoding.js';
import { verifyContent } from '../../libs/vodapay/src/protocol/verify-content.js';
import { parseWireTime } from '../../libs/vodapay/src/protocol/wire-time.js';

interface SharedVectors {
  readonly publicKeyPem: string;
  readonly vectors: readonly {
    readonly name: string;
    readonly path: string;
    readonly clientId: string;
    readonly time: string;
    readonly body: string;
    readonly stringToSign: string;
    readonly sha256: string;
    readonly bytes: number;
    readonly signature: string;
  }[];
}

interface OwnVectors {
  readonly keys: Readonly<Record<'a' | 'b', Readonly<Record<string, string>>>>;
  readonly vectors: readonly {
    readonly name: string;
    readonly key: 'a' | 'b';
    readonly direction: 'request' | 'answer';
    readonly path: string;
    readonly clientId: string;
    readonly time: string;
    readonly bodyBase64: string;
    readonly sha256: string;
    readonly bytes: number;
    readonly encoding: SignatureEncoding;
    readonly signature: string;
  }[];
}

const shared = read('signature.json') as SharedVectors;
const own = read('openssl.json') as OwnVectors;

describe('the shared vectors', () => {
  const key = parsePublicKey(shared.publicKeyPem, 'vodapayPublicKey');

  it.each(shared.vectors)('$name: the text to sign is the published one, to the byte', (vector) => {
    const content = contentToSign(vector);
    expect(content).toBe(vector.stringToSign);
    expect(Buffer.byteLength(content)).toBe(vector.bytes);
    expect(sha256(Buffer.from(content))).toBe(vector.sha256);
    expect(bytesToVerify({ ...vector, body: Buffer.from(vector.body) })).toEqual(Buffer.from(content));
  });

  it.each(shared.vectors)('$name: the published signature verifies', (vector) => {
    const signature = decodeSignature(vector.signature, 256);
    expect(signature && verifyContent(Buffer.from(contentToSign(vector)), signature, key)).toBe(true);
  });

  it('the signed answer is believed and its user read', () => {
    const vector = shared.vectors[2]!;
    const answer = judgeAnswer(
      OPERATIONS.inquiryUserInfo,
      {
        status: 200,
        clientId: vector.clientId,
        responseTime: vector.time,
        signature: `algorithm=RSA256, keyVersion=1, signature=${vector.signature}`,
        body: Buffer.from(vector.body),
      },
      policyFor(vector, key),
    );
    expect(readUserInfo(answer)).toMatchObject({ userId: '216610000000000000001', nickName: 'Zoë' });
  });
});

describe('the vectors made with openssl', () => {
  const forms = (['a', 'b'] as const).flatMap((name) =>
    Object.entries(own.keys[name]).map(([form, text]) => ({ name, form, text })),
  );

  it.each(forms)('key $name as $form is the same key', ({ name, text }) => {
    const key = parsePublicKey(text, 'vodapayPublicKey');
    expect(key.equals(keyOf(name))).toBe(true);
  });

  it.each(own.vectors)('$name: the bytes and the signature are openssl’s', (vector) => {
    const content = bytesToVerify({ ...vector, body: Buffer.from(vector.bodyBase64, 'base64') });
    expect(content.length).toBe(vector.bytes);
    expect(sha256(content)).toBe(vector.sha256);
    const signature = decodeSignature(vector.signature, vector.key === 'a' ? 256 : 384)!;
    expect(verifyContent(content, signature, keyOf(vector.key))).toBe(true);
    expect(encodeSignature(signature, vector.encoding)).toBe(vector.signature);
  });

  it.each(own.vectors)('$name: a signature over one other bit is refused', (vector) => {
    const content = bytesToVerify({ ...vector, body: Buffer.from(vector.bodyBase64, 'base64') });
    const signature = decodeSignature(vector.signature, vector.key === 'a' ? 256 : 384)!;
    content[content.length - 1]! ^= 1;
    expect(verifyContent(content, signature, keyOf(vector.key))).toBe(false);
  });

  it('an answer of 3072 bits is believed and its tokens read', () => {
    const answer = judgeVector('answer signed with 3072 bits');
    expect(readTokens(answer)).toEqual({
      accessToken: '0000000002VECTORACCESS000000000000000001',
      accessTokenExpiresAt: Date.parse('2036-11-23T06:00:00Z'),
      refreshToken: '0000000003VECTORREFRESH0000000000000001',
      refreshTokenExpiresAt: Date.parse('2036-11-23T06:00:00Z'),
      customerId: '216610000000000000005',
    });
  });

  it('an answer whose signed bytes are no UTF-8 is refused although its signature holds', () => {
    expect(() => judgeVector('answer whose body is no UTF-8 (ISO 8859-1)')).toThrow(
      expect.objectContaining({ code: 'VODAPAY_RESPONSE_MALFORMED' }),
    );
  });
});

function judgeVector(name: string) {
  const vector = own.vectors.find((candidate) => candidate.name === name)!;
  const operation = Object.values(OPERATIONS).find(({ path }) => path === vector.path)!;
  return judgeAnswer(
    operation,
    {
      status: 200,
      clientId: vector.clientId,
      responseTime: vector.time,
      signature: `algorithm=RSA256, keyVersion=1, signature=${vector.signature}`,
      body: Buffer.from(vector.bodyBase64, 'base64'),
    },
    policyFor(vector, keyOf(vector.key)),
  );
}

function policyFor(vector: { readonly clientId: string; readonly time: string }, key: ReturnType<typeof keyOf>) {
  return {
    responseSignature: 'required',
    clientId: vector.clientId,
    publicKeys: new Map([[1, key]]),
    responseTimeToleranceMs: 300_000,
    now: parseWireTime(vector.time)!,
  } as const;
}

function keyOf(name: 'a' | 'b') {
  return parsePublicKey(own.keys[name]['spkiPem']!, 'vodapayPublicKey');
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../vectors/${name}`, import.meta.url), 'utf8'));
}
