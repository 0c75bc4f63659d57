import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const running = new AsyncLocalStorage<string>();
const ofFailures = new WeakMap<object, string>();

/**
 * Does one piece of work, such as a login, under a random id that its log lines carry. Work inside of it has the same id,
 * and so have the lines that are logged later about the error it failed with.
 */
export async function correlated<T>(work: () => Promise<T>): Promise<T> {
  if (running.getStore() !== undefined) return work();
  const id = randomUUID();
  try {
    return await running.run(id, work);
  } catch (error) {
    if (typeof error === 'object' && error !== null) ofFailures.set(error, id);
    throw error;
  }
}

/** The id of the work that is running, or of the one that failed with this error. */
export function correlationId(failure?: unknown): string | undefined {
  const id = running.getStore();
  if (id !== undefined || typeof failure !== 'object' || failure === null) return id;
  return ofFailures.get(failure);
}
