import type { HttpService } from '@nestjs/axios';
import { defer, from, map, switchMap, type Observable } from 'rxjs';
import { judgeAnswer } from '../protocol/judge-answer.js';
import type { Operation } from '../protocol/operations.js';
import type { SuccessfulAnswer } from '../protocol/successful-answer.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { parseRetryAfter } from './retry-after.js';
import { sendRequest, type ReceivedAnswer } from './send-request.js';
import { signRequest } from './sign-request.js';
import { withRetryAfter } from './with-retry-after.js';

export interface SignedCallParts {
  readonly http: HttpService;
  readonly options: ResolvedVodaPayOptions;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** One attempt: signed with its own time, sent, and its answer verified before it is read. */
export function signedCall(
  operation: Operation,
  body: string,
  { http, options, now }: SignedCallParts,
): Observable<SuccessfulAnswer> {
  return defer(() => from(signRequest(operation, body, options, now()))).pipe(
    switchMap((request) => sendRequest(http, request, options.maxResponseBytes)),
    map((answer) => judge(operation, answer, options, now())),
  );
}

function judge(
  operation: Operation,
  { raw, retryAfter }: ReceivedAnswer,
  { responseSignature, clientId, vodapayPublicKeys: publicKeys, responseTimeToleranceMs }: ResolvedVodaPayOptions,
  now: number,
): SuccessfulAnswer {
  try {
    return judgeAnswer(operation, raw, { responseSignature, clientId, publicKeys, responseTimeToleranceMs, now });
  } catch (error) {
    throw withRetryAfter(error, parseRetryAfter(retryAfter, now));
  }
}
