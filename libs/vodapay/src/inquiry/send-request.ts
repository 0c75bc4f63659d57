import type { HttpService } from '@nestjs/axios';
import { isAxiosError, type AxiosRequestConfig } from 'axios';
import { EmptyError, type Observable, type Subscription } from 'rxjs';
import type { Cancellation } from './cancellation.js';
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

/** Sends one signed request, unless it is cancelled already; whatever fails is a VodaPayError. */
export async function sendRequest(
  http: HttpService,
  request: SignedRequest,
  maxResponseBytes: number,
  cancellation: Cancellation,
): Promise<ReceivedAnswer> {
  try {
    cancellation.throwIfRequested();
    const config = { ...requestConfig(request, maxResponseBytes), cancelToken: cancellation };
    const answer = await firstOf(http.request<unknown>(config), cancellation).catch(answerWithin);
    return { raw: toRawAnswer(answer), retryAfter: readHeader(answer.headers, 'retry-after') };
  } catch (error) {
    throw toVodaPayError(error);
  }
}

/** The first value. An HttpService that knows nothing of the token is cancelled all the same, by leaving it. */
function firstOf<T>(answers: Observable<T>, cancellation: Cancellation): Promise<T> {
  return new Promise((resolve, reject) => {
    let subscription: Subscription | undefined;
    let settled = false;
    const settle = (settling: () => void): void => {
      settled = true;
      settling();
      subscription?.unsubscribe();
    };
    subscription = answers.subscribe({
      next: (answer) => settle(() => resolve(answer)),
      error: (error: unknown) => settle(() => reject(error)),
      complete: () => settle(() => reject(new EmptyError())),
    });
    if (settled) subscription.unsubscribe();
    else cancellation.subscribe((reason) => settle(() => reject(reason)));
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
function answerWithin(error: unknown): HttpAnswer {
  if (!isAxiosError<unknown>(error) || error.response?.data === undefined) throw error;
  return error.response;
}
