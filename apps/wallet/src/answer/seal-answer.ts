import type { Fault, Seal } from '../faults/fault.js';
import { contentToSign } from '../protocol/content-to-sign.js';
import { signContent } from '../protocol/sign-content.js';
import { formatWireTime } from '../protocol/wire-time.js';
import type { Payload } from '../protocol/result.js';
import type { Wallet } from '../wallet.js';
import type { OutgoingAnswer } from './outgoing-answer.js';

export type Signer = Pick<Wallet, 'now' | 'clientId' | 'privateKey' | 'publicKeyVersion'>;

const VALID: Seal = { signature: 'valid' };

/** Serialises and signs an answer; a fault replaces the steps that it names. */
export async function sealAnswer(
  payload: Payload,
  path: string,
  signer: Signer,
  fault: Fault | undefined,
): Promise<OutgoingAnswer> {
  const text = JSON.stringify(fault?.payload === undefined ? payload : fault.payload(payload));
  const body = Buffer.from(fault?.text === undefined ? text : fault.text(text), 'utf8');
  const sealHeaders = await makeSealHeaders(body, path, signer, fault?.seal ?? VALID);
  return {
    status: fault?.http?.status ?? 200,
    headers: { 'content-type': 'application/json', ...fault?.http?.headers, ...sealHeaders },
    body,
    delivery: fault?.delivery ?? 'whole',
  };
}

/** What the gateway answers to a request it cannot trust: a result, and no signature. */
export function gatewayAnswer(payload: Payload, status: number): OutgoingAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(payload), 'utf8'),
    delivery: 'whole',
  };
}

async function makeSealHeaders(
  body: Buffer,
  path: string,
  signer: Signer,
  seal: Seal,
): Promise<Readonly<Record<string, string>>> {
  if (seal.bare === true) return {};
  const clientId = seal.clientId ?? signer.clientId;
  const time = formatWireTime(signer.now() + (seal.addToTimeMs ?? 0));
  const headers = { 'client-id': clientId, 'response-time': time };
  if (seal.signature === 'none') return headers;
  const signed = seal.signature === 'valid' ? body : Buffer.concat([body, Buffer.from(' ')]);
  const signature = await signContent(contentToSign({ path, clientId, time, body: signed }), signer.privateKey);
  const keyVersion = signer.publicKeyVersion + (seal.addToKeyVersion ?? 0);
  return {
    ...headers,
    signature: `algorithm=RSA256, keyVersion=${keyVersion}, signature=${signature.toString('base64')}`,
  };
}
