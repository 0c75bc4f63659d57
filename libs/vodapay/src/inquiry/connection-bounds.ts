import { DEFAULTS } from '../vodapay.options.js';
import type { HttpAdapterSettings } from './http-adapter.js';

type Bounds = Pick<HttpAdapterSettings, 'maxSockets' | 'idleTimeoutMs'>;

/** The bounds of a transport's connections, with the defaults of those that aren't given. */
export function connectionBounds({
  maxSockets = DEFAULTS.resilience.maxConnections,
  idleTimeoutMs = 4_000,
}: Bounds): Required<Bounds> {
  return { maxSockets, idleTimeoutMs };
}
