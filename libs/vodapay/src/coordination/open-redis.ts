import type { RedisConnection } from './redis-connection.js';
import type { RedisSource } from './redis-source.js';

/**
 * Makes connections to Redis that are not open yet. Throws a TypeError where the package ioredis is missing; a client that
 * is given brings its own.
 */
export async function openRedis(redis: string | RedisSource): Promise<() => RedisConnection> {
  if (typeof redis !== 'string') return () => redis.duplicate(SETTINGS) as RedisConnection;
  const Redis = await loadRedis();
  return () => new Redis(redis, { ...SETTINGS });
}

const LONGEST_RECONNECT_WAIT_MS = 2_000;

/** Nothing waits for Redis: what can't be sent now, or was sent over a connection that has gone, fails at once. */
const SETTINGS = Object.freeze({
  lazyConnect: true,
  enableOfflineQueue: false,
  autoResubscribe: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  connectTimeout: 2_000,
  keepAlive: 10_000,
  retryStrategy: (times: number) => Math.min(100 * 2 ** Math.min(times, 10), LONGEST_RECONNECT_WAIT_MS),
  // After a failover this connection may lead to a replica for ever.
  reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
});

async function loadRedis(): Promise<typeof import('ioredis').Redis> {
  try {
    return (await import('ioredis')).Redis;
  } catch (cause) {
    throw new TypeError('VodaPayModule: option coordination.redis needs the package ioredis: npm install ioredis@5', {
      cause,
    });
  }
}
