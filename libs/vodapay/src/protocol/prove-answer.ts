import { VodaPayError } from '../errors/vodapay-error.js';
import type { AnswerPolicy } from './answer-policy.js';
import { bytesToVerify } from './content-to-sign.js';
import { decodeSignature } from './decode-signature.js';
import { modulusBits } from './modulus-bits.js';
import type { Operation } from './operations.js';
import type { RawAnswer } from './raw-answer.js';
import { parseSignatureHeader } from './signature-header.js';
import { verifyContent } from './verify-content.js';
import { parseWireTime } from './wire-time.js';

/** `waived`: the policy asks for no proof. */
export type Proof = 'verified' | 'absent' | 'waived';

/**
 * Checks the signature of an answer, before anything of its body is parsed.
 * An answer that carries a signature which does not hold is refused, whatever it says.
 */
export function proveAnswer(operation: Operation, answer: RawAnswer, policy: AnswerPolicy): Proof {
  if (policy.responseSignature === 'off') return 'waived';
  if (answer.signature === undefined) return 'absent';
  const responseTime = present(answer.responseTime, 'Response-Time');
  checkClient(present(answer.clientId, 'Client-Id'), policy.clientId);
  checkSignature(operation, answer.signature, { time: responseTime, body: answer.body }, policy);
  checkFreshness(responseTime, policy);
  return 'verified';
}

function present(header: string | undefined, name: string): string {
  if (header !== undefined && header !== '') return header;
  throw new VodaPayError('VODAPAY_RESPONSE_UNSIGNED', {
    message: `The answer carries a signature but no ${name} header, which belongs to the signed text.`,
  });
}

function checkClient(came: string, own: string): void {
  if (came !== own) throw new VodaPayError('VODAPAY_RESPONSE_CLIENT_MISMATCH');
}

function checkSignature(
  operation: Operation,
  header: string,
  { time, body }: { readonly time: string; readonly body: Buffer },
  policy: AnswerPolicy,
): void {
  const parsed = parseSignatureHeader(header);
  if ('problem' in parsed) throw invalidSignature(`The answer's Signature header ${parsed.problem}.`);
  const key = policy.publicKeys.get(parsed.keyVersion);
  if (key === undefined) throw unknownKey(parsed.keyVersion, policy);
  const byteLength = Math.ceil(modulusBits(key) / 8);
  const signature = decodeSignature(parsed.signature, byteLength);
  if (signature === undefined) {
    throw invalidSignature(
      `The answer's signature is not ${byteLength} bytes in base64, URL-encoded base64 or base64url.`,
    );
  }
  const content = bytesToVerify({ path: operation.path, clientId: policy.clientId, time, body });
  if (!verifyContent(content, signature, key)) throw invalidSignature();
}

function checkFreshness(responseTime: string, { now, responseTimeToleranceMs }: AnswerPolicy): void {
  const time = parseWireTime(responseTime);
  if (time === undefined) {
    throw stale("The answer's Response-Time is no RFC 3339 time with an offset, so its age cannot be told.");
  }
  const distanceMs = now - time;
  if (Math.abs(distanceMs) <= responseTimeToleranceMs) return;
  const side = distanceMs > 0 ? 'behind' : 'ahead of';
  throw stale(
    `The answer's Response-Time is ${seconds(Math.abs(distanceMs))} s ${side} this server's clock, ` +
      `${seconds(responseTimeToleranceMs)} s are allowed. Check the clock.`,
  );
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1_000);
}

function stale(message: string): VodaPayError {
  return new VodaPayError('VODAPAY_RESPONSE_STALE', { message });
}

function unknownKey(keyVersion: number, { publicKeys }: AnswerPolicy): VodaPayError {
  const known = publicKeys.size === 0 ? 'none' : [...publicKeys.keys()].join(', ');
  return new VodaPayError('VODAPAY_RESPONSE_KEY_UNKNOWN', {
    message: `The answer is signed with key version ${keyVersion}; configured: ${known}.`,
  });
}

function invalidSignature(message?: string): VodaPayError {
  return new VodaPayError('VODAPAY_RESPONSE_SIGNATURE_INVALID', message === undefined ? {} : { message });
}
