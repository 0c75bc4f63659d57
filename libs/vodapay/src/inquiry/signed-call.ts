import type { KeyObject } from 'node:crypto';
import type { HttpService } from '@nestjs/axios';
import { judgeAnswer } from '../protocol/judge-answer.js';
import type { Operation } from '../protocol/operations.js';
import type { SuccessfulAnswer } from '../protocol/successful-answer.js';
import type { Note } from '../telemetry/telemetry.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import type { Cancellation } from './cancellation.js';
import { parseRetryAfter } from './retry-after.js';
import { sendRequest, type ReceivedAnswer } from './send-request.js';
import { signRequest } from './sign-request.js';
import type { WalletKeyRing } from './wallet-key-ring.js';
import { withRetryAfter } from './with-retry-after.js';

export interface SignedCallParts {
  readonly http: HttpService;
  readonly options: ResolvedVodaPayOptions;
  readonly ring: WalletKeyRing;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Adds to what the attempt's span tells. */
  readonly note: Note;
  readonly correlationId: string | undefined;
}

/** One attempt: signed with its own time, sent, and its answer verified before it is read. */
export async function signedCall(
  operation: Operation,
  body: string,
  parts: SignedCallParts,
  cancellation: Cancellation,
): Promise<SuccessfulAnswer> {
  const { http, options, now, note } = parts;
  const request = await signRequest(operation, body, options, now());
  const answer = await sendRequest(http, request, options.maxResponseBytes, cancellation);
  note({ 'http.response.status_code': answer.raw.status });
  return judgeWithRing(operation, answer, parts);
}

/** An answer under an unknown key version is judged once more when the key has been learnt; nothing is sent again. */
async function judgeWithRing(
  operation: Operation,
  answer: ReceivedAnswer,
  { options, ring, now, correlationId }: SignedCallParts,
): Promise<SuccessfulAnswer> {
  const { keys } = ring;
  const receivedAt = now();
  try {
    return judge(operation, answer, options, keys, receivedAt);
  } catch (error) {
    if (!(await ring.learns(error, keys, correlationId))) throw error;
    return judge(operation, answer, options, ring.keys, receivedAt);
  }
}

function judge(
  operation: Operation,
  { raw, retryAfter }: ReceivedAnswer,
  { responseSignature, clientId, responseTimeToleranceMs }: ResolvedVodaPayOptions,
  publicKeys: ReadonlyMap<number, KeyObject>,
  now: number,
): SuccessfulAnswer {
  try {
    return judgeAnswer(operation, raw, { responseSignature, clientId, publicKeys, responseTimeToleranceMs, now });
  } catch (error) {
    throw withRetryAfter(error, parseRetryAfter(retryAfter, now));
  }
}
