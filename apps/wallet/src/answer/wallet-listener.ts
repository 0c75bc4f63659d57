import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { WalletCall } from '../calls/call-log.js';
import { signedParts } from '../check/check-signature.js';
import type { IncomingCall } from '../check/incoming-call.js';
import { contentToSign } from '../protocol/content-to-sign.js';
import { operationAt } from '../protocol/operations.js';
import { makeResult, refusal, type Result } from '../protocol/result.js';
import type { Wallet } from '../wallet.js';
import { answerCall, type AnsweredCall } from './answer-call.js';
import { deliverAnswer } from './deliver-answer.js';
import type { OutgoingAnswer } from './outgoing-answer.js';
import { readBody } from './read-body.js';
import { gatewayAnswer } from './seal-answer.js';

const MAX_BODY_BYTES = 64 * 1024;
const MAX_SHOWN_CHARACTERS = 8192;

/** What listens on the wallet's port. */
export function walletListener(wallet: Wallet, stopping: AbortSignal): RequestListener {
  return (request, response) => {
    handle(request, response, wallet, stopping).catch(() => response.destroy());
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  wallet: Wallet,
  stopping: AbortSignal,
): Promise<void> {
  const body = await readBody(request, MAX_BODY_BYTES);
  const startedMs = performance.now();
  const call: IncomingCall = {
    method: request.method ?? '',
    target: request.url ?? '',
    headers: request.headersDistinct,
    body: body ?? Buffer.alloc(0),
  };
  const answered = body === undefined ? tooLarge() : await answerCall(call, wallet);
  wallet.calls.add(describeCall(call, answered, wallet.now(), performance.now() - startedMs));
  await deliverAnswer(response, answered.answer, { slowMs: wallet.slowMs, stopping });
}

function tooLarge(): AnsweredCall {
  const refused = refusal('PARAM_ILLEGAL', `The body has more than ${MAX_BODY_BYTES} bytes.`);
  return { refused, answer: gatewayAnswer({ result: makeResult(refused.resultCode, refused.message) }, 200) };
}

function describeCall(
  call: IncomingCall,
  { answer, refused, userId, fault }: AnsweredCall,
  nowMs: number,
  durationMs: number,
): Omit<WalletCall, 'id'> {
  const parts = signedParts(call);
  return {
    at: new Date(nowMs).toISOString(),
    operation: operationAt(call.target) ?? 'unknown',
    method: call.method,
    path: call.target.slice(0, MAX_SHOWN_CHARACTERS),
    check: { passed: refused === undefined, message: refused?.message ?? 'Headers and signature are in order.' },
    ...(userId !== undefined && { userId }),
    ...(parts !== undefined && { signedText: contentToSign(parts).toString('utf8').slice(0, MAX_SHOWN_CHARACTERS) }),
    ...(fault !== undefined && { fault }),
    ...describeAnswer(answer),
    durationMs: Math.round(durationMs * 100) / 100,
  };
}

function describeAnswer({ status, body, delivery }: OutgoingAnswer): Partial<WalletCall> {
  if (delivery === 'hang' || delivery === 'reset') return {};
  const result = readResult(body);
  if (result === undefined) return { httpStatus: status };
  const { resultCode, resultStatus, resultMessage } = result;
  return { httpStatus: status, resultCode, resultStatus, resultMessage };
}

function readResult(body: Buffer): Result | undefined {
  try {
    return (JSON.parse(body.toString('utf8')) as { readonly result?: Result }).result;
  } catch {
    return undefined;
  }
}
