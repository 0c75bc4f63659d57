import { setTimeout as delay } from 'node:timers/promises';
import { classifyDatabaseFailure } from './database-failure.js';

export interface RetryTransientSettings {
  /** Tries in all, from 1. Default 40: with the waits between them about as many as fit into `withinMs`. */
  readonly attempts?: number;
  /** No new try begins after this, in milliseconds. Default 5 000. */
  readonly withinMs?: number;
  /** Whether this failure is worth another try. Default: transient failures of a database. */
  readonly isRetryable?: (error: unknown) => boolean;
  /** 0 to below 1. Default `Math.random`. */
  readonly random?: () => number;
}

const BASE_MS = 10;
const CAP_MS = 250;

/** Repeats work that failed by a deadlock, a serialisation failure or a lock; full jitter, bounded (I5). */
export async function retryTransient<T>(work: () => Promise<T>, settings: RetryTransientSettings = {}): Promise<T> {
  const { attempts = 40, withinMs = 5_000, isRetryable = isTransient, random = Math.random } = settings;
  const startedAt = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const spent = attempt >= attempts || performance.now() - startedAt >= withinMs;
      if (spent || !isRetryable(error)) throw error;
      await delay(random() * Math.min(CAP_MS, BASE_MS * 2 ** attempt));
    }
  }
}

function isTransient(error: unknown): boolean {
  return classifyDatabaseFailure(error) === 'transient';
}
