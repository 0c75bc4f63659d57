import { randomUUID } from 'node:crypto';
import { Agent } from 'node:https';
import type { AxiosResponse } from 'axios';
import { createHttpClient } from '../../inquiry/create-http-client.js';
import { readHeader } from '../../inquiry/read-header.js';
import { inquiryBody } from '../../inquiry/request-bodies.js';
import { signRequest } from '../../inquiry/sign-request.js';
import { toRawAnswer } from '../../inquiry/to-raw-answer.js';
import { toVodaPayError } from '../../inquiry/to-vodapay-error.js';
import { OPERATIONS } from '../../protocol/operations.js';
import { PrivateKeySigner } from '../../protocol/private-key-signer.js';
import { DEFAULTS } from '../../vodapay.options.js';
import type { ProbeAnswer, ProbeFacts } from './facts.js';

export interface Probe {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly privateKey: string;
  readonly keyVersion: number;
  readonly timeoutMs: number;
  readonly ca?: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** One signed inquiry, with a token that can't exist: it changes nothing, and a right set-up is refused for the token only. */
export async function probeWallet({ clientId, now, timeoutMs, ca, ...sender }: Probe): Promise<ProbeFacts> {
  const signer = new PrivateKeySigner({ privateKey: sender.privateKey, keyVersion: sender.keyVersion });
  const sentAt = now();
  const body = inquiryBody({ authClientId: clientId, accessToken: `doctor-${randomUUID()}` });
  const {
    url,
    headers,
    body: bytes,
  } = await signRequest(
    OPERATIONS.inquiryUserInfo,
    body,
    { baseUrl: sender.baseUrl, clientId, signer, signatureEncoding: DEFAULTS.signatureEncoding },
    sentAt,
  );
  try {
    const answer = await createHttpClient(DEFAULTS).request<unknown>({
      method: 'POST',
      url,
      headers: { ...headers },
      data: bytes,
      transformRequest: [],
      transformResponse: [],
      responseType: 'arraybuffer',
      validateStatus: () => true,
      signal: AbortSignal.timeout(timeoutMs),
      httpsAgent: new Agent(ca === undefined ? {} : { ca }),
    });
    return { sentAt, receivedAt: now(), answer: readAnswer(answer) };
  } catch (error) {
    const { code, message } = toVodaPayError(error);
    return { sentAt, receivedAt: now(), failure: { code, message } };
  }
}

function readAnswer(answer: AxiosResponse<unknown>): ProbeAnswer {
  const date = Date.parse(readHeader(answer.headers, 'date') ?? '');
  const contentType = readHeader(answer.headers, 'content-type');
  return {
    raw: toRawAnswer(answer),
    ...(!Number.isNaN(date) && { date }),
    ...(contentType !== undefined && { contentType }),
  };
}
