import { VodaPayError } from '../../errors.js';
import type { CallPurpose } from './call-purpose.js';
import type { ResiliencePolicy } from './resilience-policy.js';

/** Of the slots, how many either side may hold at most: a quarter is always there for the other. */
const SHARE = 0.75;

interface Lane {
  /** Those who wait, the first come first, by purpose: who has spent an auth code goes before who has not. */
  readonly waiting: readonly Set<() => void>[];
  running: number;
}

/**
 * The bulkhead: at most `maxConnections` calls are out at once, at most `maxWaiting` wait for one, and neither sign-ins
 * nor revalidations can take all of the slots.
 */
export class CallSlots {
  private readonly lanes: Readonly<Record<'sign-in' | 'revalidation', Lane>> = {
    'sign-in': { waiting: [new Set(), new Set()], running: 0 },
    revalidation: { waiting: [new Set()], running: 0 },
  };
  private readonly laneLimit: number;
  private running = 0;
  private waiting = 0;
  private calling = false;

  constructor(private readonly policy: Pick<ResiliencePolicy, 'maxConnections' | 'maxWaiting'>) {
    this.laneLimit = Math.max(1, Math.floor(policy.maxConnections * SHARE));
  }

  /**
   * Calls back once a slot is the caller's, at once if one is free. Throws VODAPAY_CALL_QUEUE_FULL when too many wait.
   *
   * @returns what stops the waiting; it does nothing once the slot was given.
   */
  take(purpose: CallPurpose, given: () => void): () => void {
    const lane = this.laneOf(purpose);
    if (this.isFree(lane)) {
      this.occupy(lane);
      given();
      return nothing;
    }
    // A login whose auth code is spent has nowhere else to go.
    if (this.waiting >= this.policy.maxWaiting && purpose !== 'finish-sign-in') throw queueFull(this.waiting);
    const queue = lane.waiting[purpose === 'sign-in' ? 1 : 0] ?? new Set();
    queue.add(given);
    this.waiting += 1;
    return () => {
      if (queue.delete(given)) this.waiting -= 1;
    };
  }

  /** Gives a slot back; the next in line gets it. */
  release(purpose: CallPurpose): void {
    this.laneOf(purpose).running -= 1;
    this.running -= 1;
    // Who is called and fails at once gives its slot back in here: this loop goes on, not another one inside it.
    if (this.calling) return;
    this.calling = true;
    // Revalidations first: they are few, and their sessions have been signed in already.
    while (this.callNext(this.lanes.revalidation) || this.callNext(this.lanes['sign-in']));
    this.calling = false;
  }

  private callNext(lane: Lane): boolean {
    if (!this.isFree(lane)) return false;
    for (const queue of lane.waiting) {
      const [next] = queue;
      if (next === undefined) continue;
      queue.delete(next);
      this.waiting -= 1;
      this.occupy(lane);
      next();
      return true;
    }
    return false;
  }

  private isFree(lane: Lane): boolean {
    return this.running < this.policy.maxConnections && lane.running < this.laneLimit;
  }

  private occupy(lane: Lane): void {
    lane.running += 1;
    this.running += 1;
  }

  private laneOf(purpose: CallPurpose): Lane {
    return this.lanes[purpose === 'revalidation' ? 'revalidation' : 'sign-in'];
  }
}

const nothing = (): void => undefined;

function queueFull(waiting: number): VodaPayError {
  return new VodaPayError('VODAPAY_CALL_QUEUE_FULL', {
    message: `${waiting} calls to the wallet are waiting for a connection already. Try again shortly.`,
    neverSent: true,
  });
}
