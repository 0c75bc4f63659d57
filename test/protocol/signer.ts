import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { AnswerPolicy } from '../../libs/vodapay/src/protocol/answer-policy.js';
import { OPERATIONS, type Operation } from '../../libs/vodapay/src/protocol/operations.js';
import type { RawAnswer } from '../../libs/vodapay/src/protocol/raw-answer.js';

export const CLIENT_ID = '2021072700000000000001';
export const NOW = Date.parse('2026-11-23T08:00:00+02:00');
export const RESPONSE_TIME = '2026-11-23T08:00:00+02:00';

/** VodaPay's pair of this run, and one that belongs to nobody. */
export const WALLET = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const STRANGER = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const POLICY: AnswerPolicy = {
  responseSignature: 'required-on-success',
  clientId: CLIENT_ID,
  publicKeys: new Map([[1, WALLET.publicKey]]),
  responseTimeToleranceMs: 300_000,
  now: NOW,
};

export interface AnswerParts {
  readonly body: unknown;
  readonly operation?: Operation;
  readonly status?: number;
  readonly clientId?: string;
  readonly responseTime?: string;
  readonly key?: KeyObject;
  readonly keyVersion?: number;
}

/** An answer signed as PROTOCOL §8 says, with nothing of the library. */
export function signedAnswer(parts: AnswerParts): RawAnswer & { readonly signature: string } {
  const { operation = OPERATIONS.inquiryUserInfo, clientId = CLIENT_ID, responseTime = RESPONSE_TIME } = parts;
  const body = bytesOf(parts.body);
  const signature = createSign('RSA-SHA256')
    .update(`POST ${operation.path}\n${clientId}.${responseTime}.`, 'utf8')
    .update(body)
    .sign(parts.key ?? WALLET.privateKey, 'base64');
  return {
    status: parts.status ?? 200,
    clientId,
    responseTime,
    signature: `algorithm=RSA256, keyVersion=${parts.keyVersion ?? 1}, signature=${signature}`,
    body,
  };
}

export function unsignedAnswer({ body, status = 200 }: Pick<AnswerParts, 'body' | 'status'>): RawAnswer {
  return { status, body: bytesOf(body) };
}

/** A body with just a result. */
export function resultOf(resultStatus: unknown, resultCode?: unknown): object {
  return { result: { resultStatus, resultCode, resultMessage: 'Jane jane@example.com +27821234567' } };
}

function bytesOf(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body), 'utf8');
}
