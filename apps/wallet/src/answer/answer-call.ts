import { checkRequest, type RequestVerdict } from '../check/check-request.js';
import type { IncomingCall } from '../check/incoming-call.js';
import { readArguments, type CallArguments } from '../check/read-arguments.js';
import { operationAt, type CallKind, type OperationName } from '../protocol/operations.js';
import { makeResult, refusal, type Payload, type Refusal } from '../protocol/result.js';
import type { NamedFault } from '../faults/parse-fault.js';
import type { Wallet } from '../wallet.js';
import { decideCall } from './decide-call.js';
import type { OutgoingAnswer } from './outgoing-answer.js';
import { gatewayAnswer, sealAnswer } from './seal-answer.js';

/** What became of a call: the answer, and what the list of calls tells about it. */
export interface AnsweredCall {
  readonly answer: OutgoingAnswer;
  /** What the request's check found; empty when all was in order. */
  readonly verdict: RequestVerdict;
  readonly call?: CallKind;
  readonly userId?: string;
  readonly fault?: string;
}

/** The way of a call: check, read, decide, spoil, carry out, seal. */
export async function answerCall(call: IncomingCall, wallet: Wallet): Promise<AnsweredCall> {
  const operation = operationAt(call.target);
  const verdict = checkRequest(call, wallet.checks, wallet.now());
  if (verdict.refused !== undefined || operation === undefined) return refuseAtGateway(operation, verdict);
  wallet.noteSignature(call.headers['signature']?.[0] ?? '', call.target);
  return { ...(await answerTrusted(call, operation, wallet)), verdict };
}

type Answered = Omit<AnsweredCall, 'verdict'>;

async function answerTrusted(call: IncomingCall, operation: OperationName, wallet: Wallet): Promise<Answered> {
  const tooMany = checkRate(wallet);
  if (tooMany !== undefined) return { answer: await refuse(tooMany, call.target, wallet) };
  const reading = readArguments(operation, call.body, wallet.clientId);
  if (!reading.readable) return { answer: await refuse(reading.refusal, call.target, wallet) };
  return { ...(await answerArguments(reading.args, call.target, wallet)), call: reading.args.call };
}

async function answerArguments(args: CallArguments, path: string, wallet: Wallet): Promise<Answered> {
  const decision = decideCall(args, wallet);
  if (!decision.granted) {
    const answer = await refuse(decision.refusal, path, wallet);
    return { answer, ...(decision.userId !== undefined && { userId: decision.userId }) };
  }
  const { userId, fault: attached } = decision.consent;
  const named = wallet.faults.choose({ call: args.call, userId, token: presentedToken(args) }, attached);
  const payload = named?.fault.carriesOut === false ? NOT_DONE : decision.carryOut();
  const answer = await sealAnswer(payload, path, wallet, named?.fault);
  return { answer, userId, ...describeFault(named) };
}

/** Stands in for the answer where the fault keeps the work from being done, and then replaces it. */
const NOT_DONE: Payload = { result: makeResult('PROCESS_FAIL') };

function checkRate({ rateLimit, now }: Wallet): Refusal | undefined {
  if (rateLimit === undefined || rateLimit.take(now())) return undefined;
  const message = `More than ${rateLimit.perSecond} calls a second, which is the limit of this wallet. Call less often.`;
  return refusal('REQUEST_TRAFFIC_EXCEED_LIMIT', message);
}

function presentedToken(args: CallArguments): string {
  switch (args.call) {
    case 'token':
      return args.authCode;
    case 'refresh':
      return args.refreshToken;
    case 'inquiry':
      return args.accessToken;
    default:
      return args satisfies never;
  }
}

function refuseAtGateway(operation: OperationName | undefined, verdict: RequestVerdict): AnsweredCall {
  const { resultCode = 'INVALID_API' as const, message } = verdict.refused ?? {};
  const payload: Payload = { result: makeResult(resultCode, message) };
  return { verdict, answer: gatewayAnswer(payload, operation === undefined ? 404 : 200) };
}

function refuse({ resultCode, message }: Refusal, path: string, wallet: Wallet): Promise<OutgoingAnswer> {
  return sealAnswer({ result: makeResult(resultCode, message) }, path, wallet, undefined);
}

function describeFault(named: NamedFault | undefined): { readonly fault?: string } {
  return named === undefined ? {} : { fault: named.name };
}
