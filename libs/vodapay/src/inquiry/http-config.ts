import type { AxiosAdapter, AxiosRequestConfig } from 'axios';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { createHttpAdapter } from './http-adapter.js';

/** The axios configuration behind the module's HttpService, for `HttpModule.registerAsync({ useFactory })`. */
export function vodaPayHttpConfig({
  maxResponseBytes,
}: Pick<ResolvedVodaPayOptions, 'maxResponseBytes'>): AxiosRequestConfig & { readonly adapter: AxiosAdapter } {
  return { adapter: createHttpAdapter({ maxResponseBytes }), maxRedirects: 0 };
}
