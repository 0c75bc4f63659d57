import { AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';

/** As axios settles: the answer, or an AxiosError where the request's `validateStatus` does not want its status. */
export function settleAnswer(
  response: AxiosResponse<Buffer> & { readonly config: InternalAxiosRequestConfig },
): AxiosResponse<Buffer> {
  const { status, config } = response;
  if (config.validateStatus?.(status) ?? true) return response;
  const code = status >= 400 && status < 500 ? AxiosError.ERR_BAD_REQUEST : AxiosError.ERR_BAD_RESPONSE;
  throw new AxiosError(`Request failed with status code ${status}`, code, config, undefined, response);
}
