import type { Subscriber } from 'rxjs';
import type { VodaPayError } from '../../errors/vodapay-error.js';
import { Cancellation } from '../cancellation.js';
import { outcomeOfError } from './call-outcome.js';
import type { CallPurpose } from './call-purpose.js';
import type { CallSlots, SlotTaker } from './call-slots.js';
import type { TrafficPace } from './traffic-pace.js';

/** What lets an attempt of one operation out. */
export interface AttemptGate {
  readonly slots: CallSlots;
  readonly pace: TrafficPace;
  /** A clock that never goes back, in milliseconds. */
  readonly monotonicMs: () => number;
  /** The circuit's consent; throws VODAPAY_CIRCUIT_OPEN. */
  readonly admit: () => void;
}

/** One attempt of a call, from its turn in the pace to its end. It holds a slot while it is out, and only then. */
export class Attempt<T> implements SlotTaker {
  private readonly cancellation = new Cancellation();
  private turn: NodeJS.Timeout | undefined;
  private leaveQueue: (() => void) | undefined;
  private state: 'waiting' | 'out' | 'over' = 'waiting';

  constructor(
    private readonly gate: AttemptGate,
    readonly purpose: CallPurpose,
    readonly deadlineAt: number,
    private readonly call: (cancellation: Cancellation) => Promise<T>,
    private readonly subscriber: Subscriber<T>,
  ) {}

  begin(): void {
    const waitMs = this.gate.pace.takeTurn(this.purpose, this.deadlineAt);
    if (waitMs <= 0) this.takeSlot();
    else this.turn = setTimeout(() => this.takeSlot(), waitMs);
  }

  given(): void {
    this.state = 'out';
    void this.goOut();
  }

  refused(error: VodaPayError): void {
    this.subscriber.error(error);
  }

  /** After its end it does nothing. Before, it cancels what is out. */
  leave(): void {
    clearTimeout(this.turn);
    this.leaveQueue?.();
    if (this.state !== 'out') return;
    this.end();
    this.cancellation.cancel();
  }

  private takeSlot(): void {
    this.leaveQueue = this.gate.slots.take(this);
  }

  private async goOut(): Promise<void> {
    let sentAt: number | undefined;
    try {
      this.gate.admit();
      sentAt = this.gate.monotonicMs();
      const answer = await this.call(this.cancellation);
      this.end();
      this.subscriber.next(answer);
      this.subscriber.complete();
    } catch (error) {
      this.end();
      if (sentAt !== undefined && outcomeOfError(error) === 'throttled') this.gate.pace.throttled(sentAt);
      this.subscriber.error(error);
    }
  }

  private end(): void {
    if (this.state !== 'out') return;
    this.state = 'over';
    this.gate.slots.release(this.purpose);
  }
}
