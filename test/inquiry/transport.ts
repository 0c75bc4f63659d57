import { HttpService } from '@nestjs/axios';
import type { AxiosInstance } from 'axios';
import * as undici from 'undici';
import { createHttpClient } from '../../libs/vodapay/src/inquiry/create-http-client.js';
import { createHttpAdapter, type RetirableAdapter } from '../../libs/vodapay/src/inquiry/http-adapter.js';
import { httpAdapterSettings } from '../../libs/vodapay/src/inquiry/http-adapter-settings.js';
import type { HttpClientOptions } from '../../libs/vodapay/src/inquiry/http-config.js';
import { createUndiciAdapter, type UndiciAdapterSettings } from '../../libs/vodapay/src/inquiry/undici-adapter.js';
import type { VodaPayInquiryService } from '../../libs/vodapay/src/inquiry/vodapay-inquiry.service.js';
import type { ResolvedVodaPayOptions } from '../../libs/vodapay/src/vodapay.options.js';
import { inquiryOver, resolvedOptions } from './inquiry-under-test.js';

/** What carries the calls: each keeps the contracts of this folder. */
export interface TransportUnderTest {
  readonly name: string;
  readonly adapter: (settings: UndiciAdapterSettings) => RetirableAdapter;
}

export const TRANSPORTS: readonly TransportUnderTest[] = [
  { name: 'node:https', adapter: createHttpAdapter },
  { name: 'undici', adapter: (settings) => createUndiciAdapter(settings, undici) },
];

/** The module's client over this transport. */
export function clientVia(
  { adapter }: TransportUnderTest,
  options: HttpClientOptions,
  settings: Partial<UndiciAdapterSettings> = {},
): AxiosInstance {
  return createHttpClient(options, adapter({ ...httpAdapterSettings(options), ...settings }));
}

/** The service as the module wires it, over this transport. */
export function inquiryVia(
  transport: TransportUnderTest,
  overrides: Partial<ResolvedVodaPayOptions> = {},
  settings: Partial<UndiciAdapterSettings> = {},
  now: () => number = Date.now,
): VodaPayInquiryService {
  const options = resolvedOptions(overrides);
  return inquiryOver(options, now, new HttpService(clientVia(transport, options, settings)));
}
