import axios, { type AxiosInstance } from 'axios';
import { vodaPayHttpConfig, type HttpClientOptions } from './http-config.js';
import { requestDirectly } from './request-directly.js';

/** The axios instance behind the module's HttpService. */
export function createHttpClient(options: HttpClientOptions): AxiosInstance {
  const config = vodaPayHttpConfig(options);
  // oxlint-disable-next-line import/no-named-as-default-member -- axios exports `create` by name only since 1.16; 1.7 is allowed
  return requestDirectly(axios.create(config), config.adapter);
}
