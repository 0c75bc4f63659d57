import { VodaPayError } from '../../errors/vodapay-error.js';
import type { CallPurpose } from './call-purpose.js';
import type { ResiliencePolicy } from './resilience-policy.js';
import { SlidingCounts } from './sliding-counts.js';

const SECOND_MS = 1_000;
/** The share of the rate that was too much which is tried next. */
const DECREASE = 0.5;
/** One call a second at least, so that a lone call waits no longer than a second. */
const SLOWEST_PER_SECOND = 1;
/**
 * By how much the rate grows in each second after the hold. A limit that saves up what was not used, as a token bucket does,
 * says nothing for a while when it is exceeded: the slower, the less it is.
 */
const GROWTH_PER_SECOND = 1.03;
/** Where throttled calls are counted before any slowing down, in milliseconds. */
const NOTICE_WINDOW_MS = 10_000;
/** Without a word from the wallet for this many holds the pace is given up. */
const HOLDS_UNTIL_FREE = 12;

type PacePolicy = Pick<ResiliencePolicy, 'slowDownAfter' | 'slowDownMaxWaitMs' | 'slowDownHoldMs'>;

/**
 * Slows calls down once the wallet says that we ask too often: half the rate that was too much, held for a while, then a
 * little more each second until it says so again or has been silent long enough. Does nothing before that: a few throttled
 * calls are met by their repetition, so that callers who are no flood are not made to wait for each other.
 */
export class TrafficPace {
  private readonly noticed = new SlidingCounts(NOTICE_WINDOW_MS);
  /** Calls a second; undefined: no limit is known. */
  private rate: number | undefined;
  private slowedAt = 0;
  private grownAt = 0;
  private nextTurnAt = 0;
  private second = 0;
  private sentInSecond = 0;
  private sentBefore = 0;

  /** @param monotonicMs a clock that never goes back, in milliseconds */
  constructor(
    private readonly policy: PacePolicy,
    private readonly monotonicMs: () => number,
  ) {}

  /**
   * Takes the next turn and tells how long it is until then, in milliseconds. Throws VODAPAY_TRAFFIC_LIMITED rather than
   * let a call wait longer than `slowDownMaxWaitMs`, one whose auth code is spent longer than its deadline.
   */
  takeTurn(purpose: CallPurpose, deadlineAt: number): number {
    const now = this.monotonicMs();
    const rate = this.rateAt(now);
    if (rate === undefined) {
      this.count(now);
      return 0;
    }
    const turnAt = Math.max(now, this.nextTurnAt);
    const waitMs = turnAt - now;
    const waitsAtMostMs = purpose === 'finish-sign-in' ? deadlineAt - now : this.policy.slowDownMaxWaitMs;
    if (waitMs > waitsAtMostMs) throw slowedDown(waitMs);
    this.nextTurnAt = turnAt + SECOND_MS / rate;
    this.count(now);
    return waitMs;
  }

  /**
   * The wallet refused a call that went out at `sentAt`. It counts its limit by the second, as far as anybody knows: what
   * went out within a second of the last slowing down may still be refused for what went before.
   */
  throttled(sentAt: number): void {
    const now = this.monotonicMs();
    if (this.rate === undefined ? !this.isEnough(now) : sentAt <= this.slowedAt + SECOND_MS) return;
    const tooMuch = Math.min(this.rateAt(now) ?? Infinity, this.measured(now));
    this.rate = Math.max(SLOWEST_PER_SECOND, tooMuch * DECREASE);
    this.slowedAt = now;
    this.grownAt = now + this.policy.slowDownHoldMs;
    this.nextTurnAt = Math.max(this.nextTurnAt, now + SECOND_MS / this.rate);
  }

  private isEnough(now: number): boolean {
    this.noticed.add(now, true);
    return this.noticed.sum(now).failures >= this.policy.slowDownAfter;
  }

  private rateAt(now: number): number | undefined {
    if (this.rate === undefined) return undefined;
    if (now - this.slowedAt > this.policy.slowDownHoldMs * HOLDS_UNTIL_FREE) {
      this.rate = undefined;
    } else if (now > this.grownAt) {
      this.rate *= GROWTH_PER_SECOND ** ((now - this.grownAt) / SECOND_MS);
      this.grownAt = now;
    }
    return this.rate;
  }

  private count(now: number): void {
    this.moveTo(now);
    this.sentInSecond += 1;
  }

  /** Calls of the fuller one of this second and the one before: what the wallet has found too much. */
  private measured(now: number): number {
    this.moveTo(now);
    return Math.max(SLOWEST_PER_SECOND, this.sentInSecond, this.sentBefore);
  }

  private moveTo(now: number): void {
    const second = Math.floor(now / SECOND_MS);
    if (second === this.second) return;
    this.sentBefore = second === this.second + 1 ? this.sentInSecond : 0;
    this.sentInSecond = 0;
    this.second = second;
  }
}

function slowedDown(waitMs: number): VodaPayError {
  return new VodaPayError('VODAPAY_TRAFFIC_LIMITED', {
    message: "Calls are slowed down after VodaPay's traffic limit, and too many wait already. Try again later.",
    retryAfterMs: waitMs,
    neverSent: true,
  });
}
