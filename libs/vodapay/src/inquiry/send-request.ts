import type { HttpService } from '@nestjs/axios';
import { isAxiosError, type AxiosRequestConfig } from 'axios';
import { catchError, map, of, throwError, type Observable } from 'rxjs';
import { readHeader } from './read-header.js';
import type { SignedRequest } from './sign-request.js';
import { toRawAnswer, type HttpAnswer } from './to-raw-answer.js';
import { toVodaPayError } from './to-vodapay-error.js';
import type { RawAnswer } from '../protocol/raw-answer.js';

/** An answer and, beside what is signed, when the wallet wants to be asked again. */
export interface ReceivedAnswer {
  readonly raw: RawAnswer;
  readonly retryAfter: string | undefined;
}

/** Sends one signed request; whatever fails is a VodaPayError. Unsubscribing cancels it. */
export function sendRequest(
  http: HttpService,
  request: SignedRequest,
  maxResponseBytes: number,
): Observable<ReceivedAnswer> {
  return http.request<unknown>(requestConfig(request, maxResponseBytes)).pipe(
    catchError((error: unknown) => {
      const answer = answerWithin(error);
      return answer === undefined ? throwError(() => error) : of(answer);
    }),
    map((answer: HttpAnswer) => ({
      raw: toRawAnswer(answer),
      retryAfter: readHeader(answer.headers, 'retry-after'),
    })),
    catchError((error: unknown) => throwError(() => toVodaPayError(error))),
  );
}

/** Complete, so that it also holds where an application puts axios' own adapter in the place of ours. */
function requestConfig({ url, headers, body }: SignedRequest, maxResponseBytes: number): AxiosRequestConfig {
  return {
    method: 'POST',
    url,
    headers: { ...headers },
    data: body,
    // The signed bytes are the ones that travel, both ways.
    transformRequest: [],
    transformResponse: [],
    responseType: 'arraybuffer',
    maxRedirects: 0,
    maxContentLength: maxResponseBytes,
    validateStatus: () => true,
  };
}

/** An application's HttpService may reject for a status; the answer is judged all the same. */
function answerWithin(error: unknown): HttpAnswer | undefined {
  if (!isAxiosError<unknown>(error) || error.response?.data === undefined) return undefined;
  return error.response;
}
