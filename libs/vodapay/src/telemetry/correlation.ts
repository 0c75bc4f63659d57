import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { restateError } from '../errors/restate-error.js';
import { VodaPayError } from '../errors/vodapay-error.js';

const running = new AsyncLocalStorage<string>();
const ofFailures = new WeakMap<object, string>();
let inside = 0;

/**
 * Does one piece of work, such as a login, under a random id that its log lines carry. The work hands it on; the lines that
 * are logged later about the error it failed with have it too.
 */
export async function underCorrelationId<T>(
  work: (correlationId: string) => Promise<T>,
  id: string = running.getStore() ?? randomUUID(),
): Promise<T> {
  try {
    return await work(id);
  } catch (error) {
    throw failedUnder(id, error);
  }
}

/** An error that others who shared the work have failed with too is made anew: one object would have the id of the last. */
function failedUnder(id: string, error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return error;
  const isOfOthers = (ofFailures.get(error) ?? id) !== id;
  const own = isOfOthers && error instanceof VodaPayError ? restateError(error, {}) : error;
  ofFailures.set(own, id);
  return own;
}

/**
 * The same for rare work with many steps, such as a first login: all that runs inside of it has the id without being given
 * it. Below Node 24 this makes every promise and callback of the process dearer, so nothing that each request does may come
 * in here, and the storage is left as soon as nobody is inside. What goes on after that takes its id along by itself.
 */
export async function correlated<T>(work: () => Promise<T>, id?: string): Promise<T> {
  if (running.getStore() !== undefined) return work();
  return underCorrelationId(async (own) => {
    inside += 1;
    try {
      return await running.run(own, work);
    } finally {
      inside -= 1;
      if (inside === 0) running.disable();
    }
  }, id);
}

/** The id of the `correlated` work that is running, or of the work that failed with this error. */
export function correlationId(failure?: unknown): string | undefined {
  const id = running.getStore();
  if (id !== undefined || typeof failure !== 'object' || failure === null) return id;
  return ofFailures.get(failure);
}
