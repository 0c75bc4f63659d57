import type { AxiosAdapter, AxiosRequestConfig } from 'axios';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { createHttpAdapter } from './http-adapter.js';

/** The options that the connections to the wallet are made with. */
export type HttpClientOptions = Pick<ResolvedVodaPayOptions, 'maxResponseBytes' | 'resilience' | 'tls'>;

/** The axios configuration behind the module's HttpService, for `HttpModule.registerAsync({ useFactory })`. */
export function vodaPayHttpConfig({
  maxResponseBytes,
  resilience,
  tls,
}: HttpClientOptions): AxiosRequestConfig & { readonly adapter: AxiosAdapter } {
  const { maxConnections: maxSockets } = resilience;
  return { adapter: createHttpAdapter({ maxResponseBytes, maxSockets, tls }), maxRedirects: 0 };
}
