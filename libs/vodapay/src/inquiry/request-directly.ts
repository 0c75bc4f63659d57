import type {
  AxiosAdapter,
  AxiosInstance,
  AxiosRequestConfig,
  InternalAxiosRequestConfig,
  RawAxiosRequestHeaders,
} from 'axios';

/**
 * Lets the wallet's requests go to the adapter directly while nobody intercepts them. axios' own way there (merging
 * configurations, building AxiosHeaders twice, transforms) costs a third of a signature a request, and for these
 * requests it changes nothing. With an interceptor, another adapter, default headers of the application's own, or another
 * kind of request it is taken as ever.
 */
export function requestDirectly(client: AxiosInstance, own: AxiosAdapter): AxiosInstance {
  const throughAxios = client.request.bind(client);
  const request = (config: AxiosRequestConfig): Promise<unknown> =>
    isIntercepted(client) || client.defaults.adapter !== own || !isAsItTravels(config) || addsHeaders(client, config)
      ? throughAxios(config)
      : own(withDefaults(client, config));
  return Object.assign(client, { request });
}

/** An ejected interceptor leaves its place behind, which is intercepted enough. */
function isIntercepted({ interceptors: { request, response } }: AxiosInstance): boolean {
  return request.handlers?.length !== 0 || response.handlers?.length !== 0;
}

/** Whether axios would change nothing of the request and its answer, as `send-request.ts` asks for. */
function isAsItTravels({ method, transformRequest, transformResponse, signal }: AxiosRequestConfig): boolean {
  return method === 'POST' && isEmpty(transformRequest) && isEmpty(transformResponse) && signal === undefined;
}

const isEmpty = (transforms: unknown): boolean => Array.isArray(transforms) && transforms.length === 0;

/** Whether the client's default headers may have a part in what travels: axios knows how they are put together. */
function addsHeaders({ defaults: { headers } }: AxiosInstance, { headers: own = {} }: AxiosRequestConfig): boolean {
  for (const name in headers) if (!isGroup(headers[name])) return true;
  return hasOthers(headers.common, own) || hasOthers(headers.post, own);
}

function hasOthers(group: RawAxiosRequestHeaders = {}, own: object): boolean {
  for (const name in group) if (group[name] !== undefined && !Object.hasOwn(own, name)) return true;
  return false;
}

/** axios keeps default headers by method; a header that stands beside those groups is for all of them. */
function isGroup(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What the adapter reads, and no more: merging all of axios' defaults costs as much as the adapter's own work. */
function withDefaults({ defaults }: AxiosInstance, config: AxiosRequestConfig): InternalAxiosRequestConfig {
  const read = {
    method: config.method,
    url: config.url,
    baseURL: config.baseURL ?? defaults.baseURL,
    headers: config.headers,
    data: config.data as unknown,
    httpAgent: config.httpAgent ?? (defaults.httpAgent as unknown),
    httpsAgent: config.httpsAgent ?? (defaults.httpsAgent as unknown),
    proxy: config.proxy ?? defaults.proxy,
    cancelToken: config.cancelToken,
    validateStatus: config.validateStatus ?? defaults.validateStatus,
  };
  return read as InternalAxiosRequestConfig;
}
