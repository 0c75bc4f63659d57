import type { AxiosAdapter, AxiosInstance } from 'axios';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { createHttpClient } from './create-http-client.js';
import { httpAdapterSettings } from './http-adapter-settings.js';
import { loadUndici } from './load-undici.js';
import { createUndiciAdapter } from './undici-adapter.js';

type OpenOptions = Pick<ResolvedVodaPayOptions, 'http' | 'maxResponseBytes' | 'resilience' | 'timeoutMs' | 'tls'>;

/** The axios instance behind the module's HttpService, over the transport that the options name. */
export async function openHttpClient(options: OpenOptions): Promise<AxiosInstance> {
  return createHttpClient(options, await ADAPTERS[options.http.transport](options));
}

const ADAPTERS: Readonly<
  Record<OpenOptions['http']['transport'], (options: OpenOptions) => Promise<AxiosAdapter | undefined>>
> = {
  // What `createHttpClient` makes by itself.
  node: () => Promise.resolve(undefined),
  undici: async (options) =>
    // A connection that takes as long as a whole call may is of no use to that call, and in the way of the next.
    createUndiciAdapter({ ...httpAdapterSettings(options), connectTimeoutMs: options.timeoutMs }, await loadUndici()),
};
