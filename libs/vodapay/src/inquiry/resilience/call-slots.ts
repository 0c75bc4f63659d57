import { VodaPayError } from '../../errors/vodapay-error.js';
import type { CallPurpose } from './call-purpose.js';
import type { ResiliencePolicy } from './resilience-policy.js';

/** Of the slots, how many either side may hold at most: a quarter is always there for the other. */
const SHARE = 0.75;
/** Of those who wait, how many are called in one turn of the event loop: refused together they would block it. */
const CALLED_AT_ONCE = 4;
/** Of its deadline, how long calls have been out before a newcomer's waiting is judged by them. */
const JUDGED_FROM = 0.25;

/** Who wants a slot. */
export interface SlotTaker {
  readonly purpose: CallPurpose;
  /** When his whole operation must be over, by the slots' clock. */
  readonly deadlineAt: number;
  /** The slot is his. */
  given(): void;
  /** There is none any more that would be of use to him. */
  refused(error: VodaPayError): void;
}

interface Lane {
  /** Those who wait, the first come first, by purpose: who has spent an auth code goes before who has not. */
  readonly waiting: readonly Set<SlotTaker>[];
  /** When slots were given, the earliest first: the last so many as are held. */
  readonly givenAt: number[];
  /** How long a call took when a slot was last given back; 0 when there is no line, since it is of another time then. */
  callMs: number;
}

/**
 * The bulkhead: at most `maxConnections` calls are out at once, at most `maxWaiting` wait for one, and neither sign-ins
 * nor revalidations can take all of the slots. Who would only wait for his deadline is refused at once.
 */
export class CallSlots {
  private readonly lanes: Readonly<Record<'sign-in' | 'revalidation', Lane>> = {
    'sign-in': { waiting: [new Set(), new Set()], givenAt: [], callMs: 0 },
    revalidation: { waiting: [new Set()], givenAt: [], callMs: 0 },
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
   * Gives a slot, at once if one is free, or refuses with VODAPAY_CALL_QUEUE_FULL: when too many wait, or when an answer
   * would come after the deadline.
   *
   * @returns what stops the waiting; it does nothing once the taker was told.
   */
  take(taker: SlotTaker): () => void {
    const lane = this.laneOf(taker.purpose);
    const rank = taker.purpose === 'sign-in' ? 1 : 0;
    const before = lane.waiting.slice(0, rank + 1).reduce((sum, { size }) => sum + size, 0);
    if (before === 0 && this.isFree(lane)) {
      lane.callMs = 0;
      this.occupy(lane);
      taker.given();
      return nothing;
    }
    const refusal = this.refusalInLine(lane, before, taker);
    if (refusal !== undefined) {
      taker.refused(refusal);
      return nothing;
    }
    const queue = lane.waiting[rank] ?? new Set();
    queue.add(taker);
    this.waiting += 1;
    return () => {
      if (queue.delete(taker)) this.waiting -= 1;
    };
  }

  /** Gives a slot back. The next in line gets it, unless the login that it was of goes on in this turn of the event loop. */
  release(purpose: CallPurpose): void {
    const lane = this.laneOf(purpose);
    lane.callMs = this.callMsOf(lane);
    lane.givenAt.shift();
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
      if (isTooLate(next, this.monotonicMs() + lane.callMs)) {
        next.refused(queueFull(this.waiting, lane.callMs));
      } else {
        this.occupy(lane);
        next.given();
      }
      return true;
    }
    return false;
  }

  private refusalInLine(lane: Lane, before: number, taker: SlotTaker): VodaPayError | undefined {
    const now = this.monotonicMs();
    const callMs = this.callMsOf(lane);
    const waitMs = callMs * (before / Math.max(1, lane.givenAt.length));
    const remainingMs = taker.deadlineAt - now;
    // A burst of requests keeps the event loop from hearing of answers that are there: it is not judged by its own length.
    const isKnown = callMs >= remainingMs * JUDGED_FROM;
    if (isKnown && isTooLate(taker, now + waitMs + callMs))
      return queueFull(this.waiting, Math.min(waitMs, remainingMs));
    if (this.waiting < this.policy.maxWaiting || taker.purpose === 'finish-sign-in') return undefined;
    return queueFull(this.waiting, Math.min(waitMs, remainingMs));
  }

  /**
   * While all slots are held, as many calls as are out have been let out since the earliest of their times: so long a call
   * takes, and the line for as many.
   */
  private callMsOf({ givenAt }: Lane): number {
    const [earliest] = givenAt;
    return earliest === undefined ? 0 : this.monotonicMs() - earliest;
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

/** A login whose auth code is spent has nowhere else to go. */
function isTooLate({ purpose, deadlineAt }: SlotTaker, answeredAt: number): boolean {
  return purpose !== 'finish-sign-in' && answeredAt > deadlineAt;
}

function queueFull(waiting: number, waitMs: number): VodaPayError {
  return new VodaPayError('VODAPAY_CALL_QUEUE_FULL', {
    message: `No connection to the wallet comes free in time: ${waiting} calls wait for one. Try again after Retry-After.`,
    retryAfterMs: waitMs,
    neverSent: true,
  });
}
