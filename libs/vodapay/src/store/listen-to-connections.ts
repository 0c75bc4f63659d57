import { EventEmitter } from 'node:events';
import type { DataSource } from 'typeorm';

/**
 * Keeps a PostgreSQL server that ends a new connection from ending the whole process. pg's pool takes its own error
 * listener off a client that it hands out and TypeORM puts its own on a moment later; an error in between has none.
 */
export function listenToConnections({ driver, options }: DataSource): void {
  if (options.type !== 'postgres') return;
  const { master, slaves } = driver as unknown as { readonly master?: unknown; readonly slaves?: readonly unknown[] };
  for (const pool of [master, ...(slaves ?? [])]) {
    if (pool instanceof EventEmitter) pool.on('connect', (client: EventEmitter) => client.on('error', () => undefined));
  }
}
