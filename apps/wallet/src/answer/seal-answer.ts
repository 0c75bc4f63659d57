import type { Fault, Seal } from '../faults/fault.js';
import { contentToSign } from '../protocol/content-to-sign.js';
import { signContent } from '../protocol/sign-content.js';
import { formatWireTime } from '../protocol/wire-time.js';
import type { Payload } from '../protocol/result.js';
import type { Wallet } from '../wallet.js';
import type { OutgoingAnswer } from './outgoing-answer.js';

export type Signer = Pick<Wallet, 'now' | 'clientId' | 'privateKey' | 'publicKeyVersion' | 'seal'>;

/** Serialises and signs an answer; a fault replaces the steps that it names. */
export async function sealAnswer(
  payload: Payload,
  path: string,
  signer: Signer,
  fault: Fault | undefined,
): Promise<OutgoingAnswer> {
  if (fault !== undefined) return spoilAnswer(payload, path, signer, fault);
  const content = Buffer.from(JSON.stringify(payload), 'utf8');
  const headers = await makeHeaders(content, path, signer, signer.seal);
  return { status: 200, headers, content, result: payload.result, body: content, delivery: 'whole' };
}

async function spoilAnswer(payload: Payload, path: string, signer: Signer, fault: Fault): Promise<OutgoingAnswer> {
  const text = JSON.stringify(fault.payload === undefined ? payload : fault.payload(payload));
  const encoded = Buffer.from(fault.text === undefined ? text : fault.text(text), 'utf8');
  const content = fault.bytes === undefined ? encoded : fault.bytes(encoded);
  const headers = await makeHeaders(content, path, signer, fault.seal ?? signer.seal);
  return {
    status: fault.http?.status ?? 200,
    headers: { ...headers, ...fault.http?.headers },
    content,
    body: fault.wrap === undefined ? content : fault.wrap(content),
    delivery: fault.delivery ?? 'whole',
  };
}

/** What the gateway answers to a request it cannot trust: a result, and no signature. */
export function gatewayAnswer(payload: Payload, status: number): OutgoingAnswer {
  const body = Buffer.from(JSON.stringify(payload), 'utf8');
  return { status, headers: CONTENT_TYPE, content: body, result: payload.result, body, delivery: 'whole' };
}

const CONTENT_TYPE = Object.freeze({ 'content-type': 'application/json' });

async function makeHeaders(
  body: Buffer,
  path: string,
  signer: Signer,
  seal: Seal,
): Promise<Readonly<Record<string, string>>> {
  if (seal.bare === true) return CONTENT_TYPE;
  const clientId = seal.clientId ?? signer.clientId;
  const time = seal.writeTime?.(signer.now()) ?? formatWireTime(signer.now() + (seal.addToTimeMs ?? 0));
  const headers = { ...CONTENT_TYPE, 'client-id': clientId, 'response-time': time };
  if (seal.signature === 'none') return headers;
  const signed = seal.signature === 'valid' ? body : Buffer.concat([body, Buffer.from(' ')]);
  const signature = await signContent(contentToSign({ path, clientId, time, body: signed }), signer.privateKey);
  const keyVersion = signer.publicKeyVersion + (seal.addToKeyVersion ?? 0);
  const value = seal.encode?.(signature) ?? signature.toString('base64');
  const write = seal.writeHeader ?? writeSignatureHeader;
  return { ...headers, signature: write(keyVersion, value) };
}

function writeSignatureHeader(keyVersion: number, value: string): string {
  return `algorithm=RSA256, keyVersion=${keyVersion}, signature=${value}`;
}
