import axios, {
  AxiosHeaders,
  CanceledError,
  type AxiosInstance,
  type AxiosResponse,
  type InternalAxiosRequestConfig,
} from 'axios';
import { VodaPayError } from '../errors/vodapay-error.js';
import { readHeader } from '../inquiry/read-header.js';
import { TransportError } from '../inquiry/transport-error.js';
import { parseWireTime } from '../protocol/wire-time.js';
import { sealAnswer } from './seal-answer.js';
import type { TestWallet } from './test-wallet.js';

/** An axios instance that never leaves the process: a test wallet answers. */
export type TestHttpClient = AxiosInstance & { readonly testWallet: TestWallet };

export function createTestHttpClient(testWallet: TestWallet): TestHttpClient {
  // oxlint-disable-next-line import/no-named-as-default-member -- axios exports `create` by name only since 1.16; 1.7 is allowed
  const client = axios.create({ adapter: (config) => exchange(config, testWallet), maxRedirects: 0 });
  return Object.assign(client, { testWallet });
}

async function exchange(config: InternalAxiosRequestConfig, wallet: TestWallet): Promise<AxiosResponse<Buffer>> {
  const { pathname } = new URL(config.url ?? '');
  const clientId = readHeader(config.headers, 'client-id') ?? '';
  // The application may have a clock of its own: what it has just written as Request-Time is what it will compare with.
  const now = parseWireTime(readHeader(config.headers, 'request-time') ?? '') ?? Date.now();
  const draft = wallet.answer(pathname, parse(config.data), clientId, now);
  switch (draft.delivery) {
    case 'refused':
      throw new TransportError('The test wallet is out of order.', 'ECONNREFUSED', 'connecting');
    case 'lost':
      return untilCancelled(config);
    case 'cut':
      throw new VodaPayError('VODAPAY_RESPONSE_INCOMPLETE');
    case 'whole': {
      const { headers, body } = await sealAnswer(draft, pathname, wallet.keys.answerKey, now);
      const { status } = draft;
      return { data: body, status, statusText: String(status), headers: AxiosHeaders.from({ ...headers }), config };
    }
  }
}

function parse(data: unknown): Readonly<Record<string, unknown>> {
  return JSON.parse(String(data)) as Readonly<Record<string, unknown>>;
}

function untilCancelled({ cancelToken, signal }: InternalAxiosRequestConfig): Promise<never> {
  return new Promise((_resolve, reject) => {
    const cancel = (): void => reject(new CanceledError());
    cancelToken?.subscribe(cancel);
    signal?.addEventListener?.('abort', cancel);
  });
}
