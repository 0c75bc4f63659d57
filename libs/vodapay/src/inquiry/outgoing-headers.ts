import { AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';

/** The request's headers as the transports take them. */
export function outgoingHeaders({ headers }: Pick<InternalAxiosRequestConfig, 'headers'>): Record<string, string> {
  const given: object = headers instanceof AxiosHeaders ? headers.toJSON() : headers;
  const outgoing: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) outgoing[name] = String(value);
  return outgoing;
}
