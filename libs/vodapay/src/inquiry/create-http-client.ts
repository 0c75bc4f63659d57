import axios, { type AxiosAdapter, type AxiosInstance } from 'axios';
import { vodaPayHttpConfig, type HttpClientOptions } from './http-config.js';
import { requestDirectly } from './request-directly.js';

/** The axios instance behind the module's HttpService, over node:https unless another adapter is given. */
export function createHttpClient(options: HttpClientOptions, adapter?: AxiosAdapter): AxiosInstance {
  const config = vodaPayHttpConfig(options, adapter);
  // oxlint-disable-next-line import/no-named-as-default-member -- axios exports `create` by name only since 1.16; 1.7 is allowed
  return requestDirectly(axios.create(config), config.adapter);
}
