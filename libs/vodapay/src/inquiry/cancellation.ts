import { CanceledError, type Cancel, type CancelToken } from 'axios';

/**
 * axios' CancelToken, without its price: HttpService makes one a request and cancels it at the end of every request, also
 * of those that went well, and each cancelling builds an error with a stack. This one builds it when somebody cancels.
 */
export class Cancellation implements CancelToken {
  reason?: Cancel;
  private readonly listeners = new Set<(reason: Cancel) => void>();
  private whenCancelled: Promise<Cancel> | undefined;

  get promise(): Promise<Cancel> {
    this.whenCancelled ??= new Promise((resolve) => {
      this.subscribe(resolve);
    });
    return this.whenCancelled;
  }

  cancel(): void {
    this.reason ??= new CanceledError();
    for (const listener of this.listeners) listener(this.reason);
    this.listeners.clear();
  }

  throwIfRequested(): void {
    if (this.reason !== undefined) throw this.reason;
  }

  subscribe(listener: (reason: Cancel) => void): void {
    if (this.reason === undefined) this.listeners.add(listener);
    else listener(this.reason);
  }

  toAbortSignal(): AbortSignal {
    const controller = new AbortController();
    this.subscribe(() => controller.abort());
    return controller.signal;
  }

  unsubscribe(listener: (reason: Cancel) => void): void {
    this.listeners.delete(listener);
  }
}
