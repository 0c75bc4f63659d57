import type { GenericAbortSignal, InternalAxiosRequestConfig } from 'axios';

/** Calls `cancel` when the request is cancelled: HttpService does so by token, other callers by signal. Gives what stops that. */
export function onCancelled(
  { signal, cancelToken }: Pick<InternalAxiosRequestConfig, 'signal' | 'cancelToken'>,
  cancel: () => void,
): () => void {
  listen(signal, cancel);
  cancelToken?.subscribe(cancel);
  return () => {
    signal?.removeEventListener?.('abort', cancel);
    cancelToken?.unsubscribe(cancel);
  };
}

function listen(signal: GenericAbortSignal | undefined, cancel: () => void): void {
  if (signal?.aborted === true) cancel();
  else signal?.addEventListener?.('abort', cancel);
}
