import { checkRequest } from '../check/check-request.js';
import type { IncomingCall } from '../check/incoming-call.js';
import { readArguments, type CallArguments } from '../check/read-arguments.js';
import { operationAt, type OperationName } from '../protocol/operations.js';
import { makeResult, type Payload, type Refusal } from '../protocol/result.js';
import type { NamedFault } from '../faults/parse-fault.js';
import type { Wallet } from '../wallet.js';
import { decideCall } from './decide-call.js';
import type { OutgoingAnswer } from './outgoing-answer.js';
import { gatewayAnswer, sealAnswer } from './seal-answer.js';

/** What became of a call: the answer, and what the list of calls tells about it. */
export interface AnsweredCall {
  readonly answer: OutgoingAnswer;
  /** What the request's check found; undefined when all was in order. */
  readonly refused?: Refusal;
  readonly userId?: string;
  readonly fault?: string;
}

/** The way of a call: check, read, decide, spoil, carry out, seal. */
export async function answerCall(call: IncomingCall, wallet: Wallet): Promise<AnsweredCall> {
  const operation = operationAt(call.target);
  const refused = checkRequest(call, wallet.checks, wallet.now());
  if (refused !== undefined || operation === undefined) return refuseAtGateway(operation, refused);
  wallet.noteSignature(call.headers['signature']?.[0] ?? '', call.target);

  const reading = readArguments(operation, call.body, wallet.clientId);
  if (!reading.readable) return { answer: await sealAnswer(refuse(reading.refusal), call.target, wallet, undefined) };
  return answerArguments(reading.args, call.target, wallet);
}

async function answerArguments(args: CallArguments, path: string, wallet: Wallet): Promise<AnsweredCall> {
  const decision = decideCall(args, wallet);
  if (!decision.granted) {
    const answer = await sealAnswer(refuse(decision.refusal), path, wallet, undefined);
    return { answer, ...(decision.userId !== undefined && { userId: decision.userId }) };
  }
  const { userId, fault: attached } = decision.consent;
  const named = wallet.faults.choose(args.call, userId, attached);
  const payload = named?.fault.carriesOut === false ? NOT_DONE : decision.carryOut();
  const answer = await sealAnswer(payload, path, wallet, named?.fault);
  return { answer, userId, ...describeFault(named) };
}

/** Stands in for the answer where the fault keeps the work from being done, and then replaces it. */
const NOT_DONE: Payload = { result: makeResult('PROCESS_FAIL') };

function refuseAtGateway(operation: OperationName | undefined, refused: Refusal | undefined): AnsweredCall {
  const payload: Payload = { result: makeResult(refused?.resultCode ?? 'INVALID_API', refused?.message) };
  const answer = gatewayAnswer(payload, operation === undefined ? 404 : 200);
  return refused === undefined ? { answer } : { answer, refused };
}

function refuse({ resultCode, message }: Refusal): Payload {
  return { result: makeResult(resultCode, message) };
}

function describeFault(named: NamedFault | undefined): { readonly fault?: string } {
  return named === undefined ? {} : { fault: named.name };
}
