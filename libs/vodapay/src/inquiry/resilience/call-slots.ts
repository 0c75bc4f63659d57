import { VodaPayError } from '../../errors.js';
import type { CallPurpose } from './call-purpose.js';
import type { ResiliencePolicy } from './resilience-policy.js';

/** Of the slots, how many either side may hold at most: a quarter is always there for the other. */
const SHARE = 0.75;
/** Of those who wait, how many are called in one turn of the event loop: refused together they would block it. */
const CALLED_AT_ONCE = 16;
/** Of its deadline, how long calls have been out before a newcomer's waiting is judged by them. */
const JUDGED_FROM = 0.25;

interface Lane {
  /** Those who wait, the first come first, by purpose: who has spent an auth code goes before who has not. */
  readonly waiting: readonly Set<() => void>[];
  /** When slots were given, the earliest first: the last so many as are held. */
  readonly givenAt: number[];
}

/**
 * The bulkhead: at most `maxConnections` calls are out at once, at most `maxWaiting` wait for one, and neither sign-ins
 * nor revalidations can take all of the slots. Who would only wait for his deadline is refused at once.
 */
export class CallSlots {
  private readonly lanes: Readonly<Record<'sign-in' | 'revalidation', Lane>> = {
    'sign-in': { waiting: [new Set(), new Set()], givenAt: [] },
    revalidation: { waiting: [new Set()], givenAt: [] },
  };
  private readonly laneLimit: number;
  private running = 0;
  private waiting = 0;
  private calling = false;

  /** @param monotonicMs a clock that never goes back, in milliseconds */
  constructor(
    private readonly policy: Pick<ResiliencePolicy, 'maxConnections' | 'maxWaiting'>,
    private readonly monotonicMs: () => number,
  ) {
    this.laneLimit = Math.max(1, Math.floor(policy.maxConnections * SHARE));
  }

  /**
   * Calls back once a slot is the caller's, at once if one is free. Throws VODAPAY_CALL_QUEUE_FULL when too many wait, or
   * when the line moves too slowly for an answer within `timeoutMs`.
   *
   * @returns what stops the waiting; it does nothing once the slot was given.
   */
  take(purpose: CallPurpose, timeoutMs: number, given: () => void): () => void {
    const lane = this.laneOf(purpose);
    const rank = purpose === 'sign-in' ? 1 : 0;
    const before = lane.waiting.slice(0, rank + 1).reduce((sum, { size }) => sum + size, 0);
    if (before === 0 && this.isFree(lane)) {
      this.occupy(lane);
      given();
      return nothing;
    }
    // A login whose auth code is spent has nowhere else to go.
    if (purpose !== 'finish-sign-in') this.mustBeWorthWaiting(lane, before, timeoutMs);
    const queue = lane.waiting[rank] ?? new Set();
    queue.add(given);
    this.waiting += 1;
    return () => {
      if (queue.delete(given)) this.waiting -= 1;
    };
  }

  /** Gives a slot back. The next in line gets it, unless the login that it was of goes on in this turn of the event loop. */
  release(purpose: CallPurpose): void {
    this.laneOf(purpose).givenAt.shift();
    this.running -= 1;
    if (this.calling || this.waiting === 0) return;
    this.calling = true;
    setImmediate(() => this.callWaiting());
  }

  private callWaiting(): void {
    for (let called = 0; called < CALLED_AT_ONCE; called += 1) {
      // Revalidations first: they are few, and their sessions have been signed in already.
      if (this.callNext(this.lanes.revalidation) || this.callNext(this.lanes['sign-in'])) continue;
      this.calling = false;
      return;
    }
    setImmediate(() => this.callWaiting());
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

  /**
   * While all slots are held, as many calls as are out have been let out since the earliest of their times: so long the
   * line takes for as many, and a call for itself. Not judged while that is short: a burst of requests keeps the event loop
   * from hearing of answers that are there.
   */
  private mustBeWorthWaiting({ givenAt }: Lane, before: number, timeoutMs: number): void {
    const [earliest] = givenAt;
    const callMs = earliest === undefined ? 0 : this.monotonicMs() - earliest;
    const waitMs = callMs * (before / Math.max(1, givenAt.length));
    const isTooSlow = callMs >= timeoutMs * JUDGED_FROM && waitMs + callMs > timeoutMs;
    if (!isTooSlow && this.waiting < this.policy.maxWaiting) return;
    // Nobody in the line waits longer than his deadline.
    throw queueFull(this.waiting, Math.min(waitMs, timeoutMs));
  }

  private isFree(lane: Lane): boolean {
    return this.running < this.policy.maxConnections && lane.givenAt.length < this.laneLimit;
  }

  private occupy(lane: Lane): void {
    lane.givenAt.push(this.monotonicMs());
    this.running += 1;
  }

  private laneOf(purpose: CallPurpose): Lane {
    return this.lanes[purpose === 'revalidation' ? 'revalidation' : 'sign-in'];
  }
}

const nothing = (): void => undefined;

function queueFull(waiting: number, waitMs: number): VodaPayError {
  return new VodaPayError('VODAPAY_CALL_QUEUE_FULL', {
    message: `${waiting} calls to the wallet are waiting for a connection already. Try again after Retry-After.`,
    retryAfterMs: waitMs,
    neverSent: true,
  });
}
