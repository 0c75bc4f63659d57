import { verify, type KeyObject } from 'node:crypto';
import { contentToSign, type SignedParts } from '../protocol/content-to-sign.js';
import { refusal, type Refusal } from '../protocol/result.js';
import type { CheckRules } from './check-rules.js';
import { explainSignature } from './explain-signature.js';
import type { IncomingCall } from './incoming-call.js';
import { parseSignatureHeader } from './signature-header.js';
import { readSignatureValue } from './signature-value.js';

export function checkSignature(call: IncomingCall, rules: CheckRules): Refusal | undefined {
  const reading = parseSignatureHeader(call.headers['signature']?.[0]);
  if (!reading.readable) return refusal('INVALID_SIGNATURE', reading.why);
  const { keyVersion, value } = reading.header;
  const key = rules.merchantKeys.get(keyVersion);
  if (key === undefined) {
    const known = [...rules.merchantKeys.keys()].join(', ');
    return refusal('KEY_NOT_FOUND', `No merchant key is registered as keyVersion ${keyVersion}; known: ${known}.`);
  }
  const signature = readSignatureValue(value, (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
  if (!signature.readable) return refusal('INVALID_SIGNATURE', signature.why);
  if (!rules.acceptEncodings.has(signature.encoding)) {
    const accepted = [...rules.acceptEncodings].join(', ');
    return refusal('INVALID_SIGNATURE', `The signature came as ${signature.encoding}; this wallet takes ${accepted}.`);
  }
  return checkBytes(call, rules, key, keyVersion, signature.bytes);
}

/** The text this request should have signed; undefined while a header that it needs is missing. */
export function signedParts(call: IncomingCall): SignedParts | undefined {
  const clientId = call.headers['client-id']?.[0];
  const time = call.headers['request-time']?.[0];
  return clientId === undefined || time === undefined
    ? undefined
    : { path: call.target, clientId, time, body: call.body };
}

function checkBytes(
  call: IncomingCall,
  rules: CheckRules,
  key: KeyObject,
  keyVersion: number,
  signature: Buffer,
): Refusal | undefined {
  const parts = signedParts(call);
  if (parts === undefined) return refusal('INVALID_SIGNATURE');
  if (verify('sha256', contentToSign(parts), key, signature)) return undefined;
  const usedAt = rules.acceptedBefore(signature);
  if (usedAt !== undefined) {
    return refusal(
      'INVALID_SIGNATURE',
      `This signature was sent before, with a call to ${usedAt}: one set of signed headers was used for two calls. Sign each call anew.`,
    );
  }
  const otherKeys = [...rules.merchantKeys]
    .filter(([version]) => version !== keyVersion)
    .map(([version, other]) => ({ key: other, says: `the merchant's key registered as keyVersion ${version}` }));
  return refusal(
    'INVALID_SIGNATURE',
    explainSignature({
      parts,
      host: call.headers['host']?.[0] ?? '',
      signature,
      key,
      otherKeys: [...otherKeys, { key: rules.walletPublicKey, says: "VodaPay's own pair (the wallet's private key)" }],
    }),
  );
}
