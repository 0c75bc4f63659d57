import type { Server } from 'node:http';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
/** How long a stopping server waits for requests in flight before it cuts them. */
const GRACE_MS = 10_000;
const IDLE_CHECK_MS = 100;

/**
 * Lets a stopping server end as soon as the last request is answered. Nest closes the server on these signals; that
 * closes idle connections once and then waits for the clients of all others to hang up.
 */
export function drainOnSignals(server: Server): readonly (typeof SIGNALS)[number][] {
  const drain = (): void => {
    setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS).unref();
    setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
  };
  for (const signal of SIGNALS) process.once(signal, drain);
  return SIGNALS;
}
