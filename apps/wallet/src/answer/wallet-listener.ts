import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { CallCheck, WalletCall } from '../calls/wallet-call.js';
import type { RequestVerdict } from '../check/check-request.js';
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
  return {
    verdict: { refused },
    answer: gatewayAnswer({ result: makeResult(refused.resultCode, refused.message) }, 200),
  };
}

function describeCall(
  incoming: IncomingCall,
  { answer, verdict, call, userId, fault }: AnsweredCall,
  nowMs: number,
  durationMs: number,
): Omit<WalletCall, 'id'> {
  const parts = signedParts(incoming);
  return {
    at: new Date(nowMs).toISOString(),
    operation: operationAt(incoming.target) ?? 'unknown',
    ...(call !== undefined && { call }),
    method: incoming.method,
    path: incoming.target.slice(0, MAX_SHOWN_CHARACTERS),
    check: describeCheck(verdict),
    ...(userId !== undefined && { userId }),
    ...(parts !== undefined && { signedText: contentToSign(parts).toString('utf8').slice(0, MAX_SHOWN_CHARACTERS) }),
    ...(fault !== undefined && { fault }),
    ...describeAnswer(answer),
    durationMs: Math.round(durationMs * 100) / 100,
  };
}

function describeCheck({ refused, forgiven }: RequestVerdict): CallCheck {
  if (refused !== undefined) return { passed: false, message: refused.message };
  if (forgiven === undefined) return { passed: true, message: 'Headers and signature are in order.' };
  return { passed: true, forgiven: true, message: `Let through, being lenient. ${forgiven.message}` };
}

type AnswerDescription = Pick<WalletCall, 'answerSigned'> & Partial<WalletCall>;

function describeAnswer({
  status,
  headers,
  content,
  result = readResult(content),
  delivery,
}: OutgoingAnswer): AnswerDescription {
  if (delivery === 'hang' || delivery === 'reset') return { answerSigned: false };
  return {
    httpStatus: status,
    ...(result !== undefined && {
      resultCode: result.resultCode,
      resultStatus: result.resultStatus,
      resultMessage: result.resultMessage,
    }),
    answerText: content.toString('utf8', 0, MAX_SHOWN_CHARACTERS),
    answerSigned: headers['signature'] !== undefined,
  };
}

function readResult(content: Buffer): Result | undefined {
  try {
    return (JSON.parse(content.toString('utf8')) as { readonly result?: Result } | null)?.result;
  } catch {
    return undefined;
  }
}
