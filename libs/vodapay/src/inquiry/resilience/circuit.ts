import { VodaPayError } from '../../errors/vodapay-error.js';
import type { CallOutcome } from './call-outcome.js';
import type { ResiliencePolicy } from './resilience-policy.js';
import { SlidingCounts } from './sliding-counts.js';

/** Whether calls of an operation go out. */
export interface CircuitStatus {
  /** `half-open`: one call is out to see whether the wallet is back; all others are refused. */
  readonly state: 'closed' | 'open' | 'half-open';
  /** When the next call may try again, in milliseconds; 0 while closed. */
  readonly retryAfterMs: number;
}

export type CircuitPolicy = Pick<
  ResiliencePolicy,
  'circuitFailureRatio' | 'circuitMinimumCalls' | 'circuitWindowMs' | 'circuitProbeEveryMs'
>;

/** Tells an admitted call from those of another time: what they come to know is old news. */
export type Admission = number;

const CLOSED: CircuitStatus = Object.freeze({ state: 'closed', retryAfterMs: 0 });

/**
 * The circuit breaker of one operation. Unlike the libraries at hand it refuses while a probe is out, where they let
 * callers wait for it, and tells when to come again; see docs/adr.
 */
export class Circuit {
  private readonly counts: SlidingCounts;
  /** Grows with every change; an admission is the generation that gave it. */
  private generation = 0;
  private probe: Admission | undefined;
  /** The last admission before the circuit opened: later ones are probes. */
  private lastBeforeProbes: Admission = 0;
  private isReserved = false;
  /** When the next probe may go out; undefined while the circuit is closed. */
  private nextProbeAt: number | undefined;

  /**
   * @param monotonicMs a clock that never goes back, in milliseconds
   * @param changed told once for every opening and closing, with the correlation id that `record` was given
   */
  constructor(
    private readonly operation: string,
    private readonly policy: CircuitPolicy,
    private readonly monotonicMs: () => number,
    private readonly changed: (state: 'open' | 'closed', correlationId: string | undefined) => void = () => undefined,
  ) {
    this.counts = new SlidingCounts(policy.circuitWindowMs);
  }

  get status(): CircuitStatus {
    if (this.nextProbeAt === undefined) return CLOSED;
    const retryAfterMs = Math.max(0, this.nextProbeAt - this.monotonicMs());
    return { state: this.probe === undefined ? 'open' : 'half-open', retryAfterMs };
  }

  /** Throws VODAPAY_CIRCUIT_OPEN where `admit` surely would. Takes no probe. */
  mustAdmit(): void {
    if (this.nextProbeAt === undefined) return;
    const retryAfterMs = this.nextProbeAt - this.monotonicMs();
    if (retryAfterMs > 0) throw circuitOpen(this.operation, retryAfterMs);
  }

  /**
   * For work that ends with an operation and loses something if that is refused then: throws VODAPAY_CIRCUIT_OPEN where it
   * would be now, or where other such work is on its way to the one probe.
   *
   * @returns what ends the reservation
   */
  reserve(): () => void {
    this.mustAdmit();
    if (this.nextProbeAt === undefined) return nothing;
    if (this.isReserved) throw circuitOpen(this.operation, this.policy.circuitProbeEveryMs);
    this.isReserved = true;
    return () => void (this.isReserved = false);
  }

  /**
   * Lets an operation out, or throws VODAPAY_CIRCUIT_OPEN. What became of it is told to `record`.
   *
   * @param earlier the operation's admission, if this is a further attempt: it still counts while nothing has changed.
   */
  admit(earlier?: Admission): Admission {
    if (earlier === this.generation) return earlier;
    this.mustAdmit();
    if (this.nextProbeAt === undefined) return this.generation;
    this.nextProbeAt = this.monotonicMs() + this.policy.circuitProbeEveryMs;
    this.generation += 1;
    this.probe = this.generation;
    return this.generation;
  }

  record(admission: Admission, outcome: CallOutcome, correlationId?: string): void {
    if (this.nextProbeAt !== undefined) this.recordProbe(admission, outcome, correlationId);
    else if (admission === this.generation && outcome !== 'untold')
      this.recordCall(outcome === 'failed', correlationId);
  }

  /** An answer to any probe counts: where answers take longer than an interval, the next one is out by then. */
  private recordProbe(admission: Admission, outcome: CallOutcome, correlationId: string | undefined): void {
    if (admission <= this.lastBeforeProbes) return;
    if (admission === this.probe) this.probe = undefined;
    if (outcome === 'failed' || outcome === 'untold') return;
    this.probe = undefined;
    this.generation += 1;
    this.nextProbeAt = undefined;
    this.counts.clear();
    this.changed('closed', correlationId);
  }

  private recordCall(failed: boolean, correlationId: string | undefined): void {
    const now = this.monotonicMs();
    this.counts.add(now, failed);
    if (!failed) return;
    const { calls, failures } = this.counts.sum(now);
    if (calls < this.policy.circuitMinimumCalls || failures < calls * this.policy.circuitFailureRatio) return;
    this.generation += 1;
    this.lastBeforeProbes = this.generation;
    this.nextProbeAt = now + this.policy.circuitProbeEveryMs;
    this.changed('open', correlationId);
  }
}

const nothing = (): void => undefined;

function circuitOpen(operation: string, retryAfterMs: number): VodaPayError {
  return new VodaPayError('VODAPAY_CIRCUIT_OPEN', {
    message: `Calls of ${operation} are paused after repeated failures of the wallet. Try again after Retry-After.`,
    retryAfterMs,
    neverSent: true,
  });
}
