import { CanceledError, type AxiosAdapter, type InternalAxiosRequestConfig, type RawAxiosResponseHeaders } from 'axios';
import type { Dispatcher } from 'undici';
import { connectionBounds } from './connection-bounds.js';
import { decodeContent } from './decode-content.js';
import { createHttpAdapter, type HttpAdapterSettings, type RetirableAdapter } from './http-adapter.js';
import type { Undici } from './load-undici.js';
import { onCancelled } from './on-cancelled.js';
import { outgoingHeaders } from './outgoing-headers.js';
import { ProxyAddresses } from './proxy-addresses.js';
import { readHeader } from './read-header.js';
import { settleAnswer } from './settle-answer.js';
import { UndiciDispatchers } from './undici-dispatchers.js';
import { UndiciExchange } from './undici-exchange.js';
import { WalletAddresses, type WalletAddress } from './wallet-addresses.js';

export interface UndiciAdapterSettings extends HttpAdapterSettings {
  /** How long a connection may take to come up, in milliseconds. Default 5 000. */
  readonly connectTimeoutMs?: number;
}

/**
 * The same axios adapter as `createHttpAdapter`, over undici: what is promised there holds here. An `httpAgent` or
 * `httpsAgent` of the axios configuration is an agent of Node's, so a request with one takes node:https.
 */
export function createUndiciAdapter(settings: UndiciAdapterSettings, undici: Undici): RetirableAdapter {
  const { maxResponseBytes, connectTimeoutMs = 5_000, tls } = settings;
  const dispatchers = new UndiciDispatchers(undici, { ...connectionBounds(settings), connectTimeoutMs, tls });
  const proxies = new ProxyAddresses();
  const addresses = new WalletAddresses();
  const overNode = createHttpAdapter(settings);

  const adapter: AxiosAdapter = async (config) => {
    const address = addresses.addressOf(config.url ?? '', config.baseURL);
    if (hasAgentFor(address, config)) return overNode(config);
    const mock = mockOf(undici);
    const dispatcher = mock ?? dispatchers.dispatcherFor(address.origin, proxies.addressFor(address.url, config.proxy));
    const exchange = new UndiciExchange(maxResponseBytes, mock === undefined);
    const stop = onCancelled(config, () => exchange.fail(new CanceledError()));
    try {
      dispatcher.dispatch(requestOf(address, config, !dispatchers.keepsConnections), exchange);
      const { status, statusText, headers, bytes } = await exchange.answer;
      const encoding = readHeader(headers, 'content-encoding');
      const data = encoding === undefined ? bytes : await decodeContent(bytes, encoding, maxResponseBytes);
      return settleAnswer({ status, statusText, headers: headers as RawAxiosResponseHeaders, data, config });
    } finally {
      stop();
    }
  };
  const retire = (): void => {
    dispatchers.retire();
    overNode.retire();
  };
  return Object.assign(adapter, { retire });
}

function hasAgentFor({ isSecure }: WalletAddress, { httpAgent, httpsAgent }: InternalAxiosRequestConfig): boolean {
  const agent: unknown = isSecure ? httpsAgent : httpAgent;
  return agent !== undefined && agent !== null;
}

/**
 * A test that makes undici's MockAgent the global dispatcher means the wallet too. No other global dispatcher is asked: it
 * knows nothing of our bounds, and may have TLS verification switched off.
 */
function mockOf({ getGlobalDispatcher, MockAgent }: Undici): Dispatcher | undefined {
  const dispatcher = getGlobalDispatcher();
  return dispatcher instanceof MockAgent ? dispatcher : undefined;
}

function requestOf(
  { origin, path }: WalletAddress,
  config: InternalAxiosRequestConfig,
  reset: boolean,
): Dispatcher.DispatchOptions {
  return {
    origin,
    path,
    method: config.method?.toUpperCase() ?? 'GET',
    headers: outgoingHeaders(config),
    body: (config.data ?? null) as NonNullable<Dispatcher.DispatchOptions['body']> | null,
    ...(reset && { reset }),
  };
}
