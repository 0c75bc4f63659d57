import type { HttpAdapterSettings } from './http-adapter.js';
import type { HttpClientOptions } from './http-config.js';

/** What any transport is bounded by. */
export function httpAdapterSettings({ maxResponseBytes, resilience, tls }: HttpClientOptions): HttpAdapterSettings {
  return { maxResponseBytes, maxSockets: resilience.maxConnections, tls };
}
