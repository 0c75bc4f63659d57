import { Observable, type Subscription } from 'rxjs';
import type { VodaPayError } from '../../errors/vodapay-error.js';
import type { CallOutcome } from './call-outcome.js';
import { outcomeOfError } from './call-outcome.js';
import type { CallPurpose } from './call-purpose.js';
import type { CallSlots } from './call-slots.js';
import type { Admission, Circuit } from './circuit.js';
import type { TrafficPace } from './traffic-pace.js';

export interface GateParts {
  readonly circuit: Circuit;
  readonly slots: CallSlots;
  readonly pace: TrafficPace;
  /** A clock that never goes back, in milliseconds. */
  readonly monotonicMs: () => number;
}

/** One operation on its way through the gate, with all its attempts: circuit → pace → slot → call. */
export class Passage {
  private admission: Admission | undefined;
  private readonly deadlineAt: number;

  /** @param timeoutMs the operation's deadline, from now on */
  constructor(
    private readonly parts: GateParts,
    private readonly purpose: CallPurpose,
    timeoutMs: number,
  ) {
    this.deadlineAt = parts.monotonicMs() + timeoutMs;
  }

  /** Whether another attempt may follow: a probe is one call, and an open circuit takes no more. */
  get mayGoOn(): boolean {
    return this.parts.circuit.status.state === 'closed';
  }

  /** Whether an attempt has been let out, and not only waited for its turn. */
  get wentOut(): boolean {
    return this.admission !== undefined;
  }

  /**
   * One attempt. Refused at once it fails with VODAPAY_CIRCUIT_OPEN, VODAPAY_TRAFFIC_LIMITED or VODAPAY_CALL_QUEUE_FULL,
   * all of them `neverSent`.
   */
  attempt<T>(call: Observable<T>): Observable<T> {
    const { circuit, slots, pace } = this.parts;
    return new Observable((subscriber) => {
      let leaveQueue: (() => void) | undefined;
      let timer: NodeJS.Timeout | undefined;
      let calling: Subscription | undefined;
      let slotIsOurs = false;

      const giveSlotBack = (): void => {
        if (slotIsOurs) slots.release(this.purpose);
        slotIsOurs = false;
      };
      const orFail = (step: () => void): void => {
        try {
          step();
        } catch (error) {
          giveSlotBack();
          subscriber.error(error);
        }
      };
      const goOut = (): void => {
        slotIsOurs = true;
        orFail(() => (this.admission = circuit.admit(this.admission)));
        if (!slotIsOurs) return;
        const sentAt = this.parts.monotonicMs();
        calling = call.subscribe({
          next: (answer) => {
            giveSlotBack();
            subscriber.next(answer);
          },
          error: (error: unknown) => {
            giveSlotBack();
            if (outcomeOfError(error) === 'throttled') pace.throttled(sentAt);
            subscriber.error(error);
          },
          complete: () => subscriber.complete(),
        });
      };
      const { purpose, deadlineAt } = this;
      const refused = (error: VodaPayError): void => subscriber.error(error);
      const takeSlot = (): void => void (leaveQueue = slots.take({ purpose, deadlineAt, given: goOut, refused }));

      orFail(() => {
        circuit.mustAdmit();
        const waitMs = pace.takeTurn(this.purpose);
        if (waitMs <= 0) takeSlot();
        else timer = setTimeout(takeSlot, waitMs);
      });
      return () => {
        clearTimeout(timer);
        leaveQueue?.();
        calling?.unsubscribe();
        giveSlotBack();
      };
    });
  }

  /**
   * Tells the circuit what became of the operation; only the first word counts. Waiting for a turn says nothing.
   *
   * @param correlationId for the log line, if it opens or closes
   */
  ended(outcome: CallOutcome, correlationId?: string): void {
    if (this.admission !== undefined) this.parts.circuit.record(this.admission, outcome, correlationId);
    this.admission = undefined;
  }
}
