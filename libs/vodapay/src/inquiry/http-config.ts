import type { AxiosAdapter, AxiosRequestConfig } from 'axios';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { createHttpAdapter } from './http-adapter.js';
import { httpAdapterSettings } from './http-adapter-settings.js';

/** The options that the connections to the wallet are made with. */
export type HttpClientOptions = Pick<ResolvedVodaPayOptions, 'maxResponseBytes' | 'resilience' | 'tls'>;

/** The axios configuration behind the module's HttpService, for `HttpModule.registerAsync({ useFactory })`. */
export function vodaPayHttpConfig(
  options: HttpClientOptions,
  adapter: AxiosAdapter = createHttpAdapter(httpAdapterSettings(options)),
): AxiosRequestConfig & { readonly adapter: AxiosAdapter } {
  return { adapter, maxRedirects: 0 };
}
