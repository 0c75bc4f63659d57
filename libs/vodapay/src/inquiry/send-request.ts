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
    const config = requestConfig(request, maxResponseBytes, cancellation);
    const answer = await firstOf(http.request<unknown>(config), cancellation);
    return { raw: toRawAnswer(answer), retryAfter: readHeader(answer.headers, 'retry-after') };
  } catch (error) {
    throw toVodaPayError(error);
  }
}

/**
 * The first answer. An HttpService that knows nothing of the token is cancelled all the same, by leaving it; one that
 * rejects for a status has an answer too.
 */
function firstOf(answers: Observable<HttpAnswer>, cancellation: Cancellation): Promise<HttpAnswer> {
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
      error: (error: unknown) =>
        settle(() => {
          const answer = answerWithin(error);
          if (answer === undefined) reject(error);
          else resolve(answer);
        }),
      complete: () => settle(() => reject(new EmptyError())),
    });
    if (settled) subscription.unsubscribe();
    else cancellation.subscribe((reason) => settle(() => reject(reason)));
  });
}

/** Complete, so that it also holds where an application puts axios' own adapter in the place of ours. */
function requestConfig(
  { url, headers, body }: SignedRequest,
  maxResponseBytes: number,
  cancelToken: Cancellation,
): AxiosRequestConfig {
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
    validateStatus: everyStatus,
    cancelToken,
  };
}

const everyStatus = (): boolean => true;

/** The answer that an HttpService rejects for its status; it is judged all the same. */
function answerWithin(error: unknown): HttpAnswer | undefined {
  return isAxiosError<unknown>(error) && error.response?.data !== undefined ? error.response : undefined;
}
