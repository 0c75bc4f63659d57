import { AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';

/** The request's headers as the transports take them: axios' own kind without those that say nothing, others as they are. */
export function outgoingHeaders({ headers }: Pick<InternalAxiosRequestConfig, 'headers'>): Record<string, string> {
  return (headers instanceof AxiosHeaders ? headers.toJSON() : headers) as Record<string, string>;
}
