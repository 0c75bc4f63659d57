import { randomUUID } from 'node:crypto';
import type { AxiosProxyConfig, AxiosResponse } from 'axios';
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
  /** Of the proxy that the environment names for this host; it may hold a password. */
  readonly proxyUrl?: string;
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
    const answer = await createHttpClient({
      ...DEFAULTS,
      ...(ca !== undefined && { tls: { ca: [ca] } }),
    }).request<unknown>({
      method: 'POST',
      url,
      headers: { ...headers },
      data: bytes,
      transformRequest: [],
      transformResponse: [],
      responseType: 'arraybuffer',
      validateStatus: () => true,
      signal: AbortSignal.timeout(timeoutMs),
      proxy: proxyOf(sender.proxyUrl),
    });
    return { sentAt, receivedAt: now(), answer: readAnswer(answer) };
  } catch (error) {
    const { code, message } = toVodaPayError(error);
    return { sentAt, receivedAt: now(), failure: { code, message } };
  }
}

/** `false`: none. The variables may come from a file, so that the process's own environment doesn't say. */
function proxyOf(text: string | undefined): AxiosProxyConfig | false {
  if (text === undefined || !URL.canParse(text)) return false;
  const { protocol, hostname, port, username, password } = new URL(text);
  const auth = { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  const defaultPort = protocol === 'https:' ? 443 : 80;
  return {
    protocol,
    host: hostname,
    port: port === '' ? defaultPort : Number(port),
    ...(username !== '' && { auth }),
  };
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
