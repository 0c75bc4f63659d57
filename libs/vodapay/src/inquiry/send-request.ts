import type { HttpService } from '@nestjs/axios';
import { isAxiosError, type AxiosRequestConfig } from 'axios';
import { catchError, map, Observable, of, tap, throwError } from 'rxjs';
import { Cancellation } from './cancellation.js';
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
  return cancelledWithItsCaller((cancelToken) =>
    http.request<unknown>({ ...requestConfig(request, maxResponseBytes), cancelToken }),
  ).pipe(
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

/** Cancels the request when its caller leaves before the answer has come. */
function cancelledWithItsCaller<T>(send: (cancellation: Cancellation) => Observable<T>): Observable<T> {
  return new Observable((subscriber) => {
    const cancellation = new Cancellation();
    let settled = false;
    const subscription = send(cancellation)
      .pipe(tap({ next: () => (settled = true), error: () => (settled = true) }))
      .subscribe(subscriber);
    return () => {
      if (!settled) cancellation.cancel();
      subscription.unsubscribe();
    };
  });
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
