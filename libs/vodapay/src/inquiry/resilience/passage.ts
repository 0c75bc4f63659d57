import { Observable } from 'rxjs';
import type { Cancellation } from '../cancellation.js';
import { Attempt, type AttemptGate } from './attempt.js';
import type { CallOutcome } from './call-outcome.js';
import type { CallPurpose } from './call-purpose.js';
import type { Admission, Circuit } from './circuit.js';

export type GateParts = Omit<AttemptGate, 'admit'> & { readonly circuit: Circuit };

/** One operation on its way through the gate, with all its attempts: circuit → pace → slot → call. */
export class Passage {
  /** How many attempts have begun. */
  begun = 0;
  /** Whether the one that began last has been let out, and not only waited for its turn. */
  isOut = false;
  private admission: Admission | undefined;
  private readonly deadlineAt: number;
  private readonly gate: AttemptGate;

  /** @param timeoutMs the operation's deadline, from now on */
  constructor(
    private readonly parts: GateParts,
    private readonly purpose: CallPurpose,
    timeoutMs: number,
  ) {
    const { circuit, slots, pace, monotonicMs } = parts;
    this.deadlineAt = monotonicMs() + timeoutMs;
    const admit = (): void => {
      this.admission = circuit.admit(this.admission);
      this.isOut = true;
    };
    this.gate = { slots, pace, monotonicMs, admit };
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
   * Attempts, one for each subscriber; who leaves cancels his. Refused at once one fails with VODAPAY_CIRCUIT_OPEN,
   * VODAPAY_TRAFFIC_LIMITED or VODAPAY_CALL_QUEUE_FULL, all of them `neverSent`.
   *
   * @param call is told the attempt's number, from 1
   */
  attempts<T>(call: (number: number, cancellation: Cancellation) => Promise<T>): Observable<T> {
    return new Observable((subscriber) => {
      this.begun += 1;
      this.isOut = false;
      const number = this.begun;
      const calling = (cancellation: Cancellation): Promise<T> => call(number, cancellation);
      const attempt = new Attempt(this.gate, this.purpose, this.deadlineAt, calling, subscriber);
      // What is thrown here, rxjs tells the subscriber.
      this.parts.circuit.mustAdmit();
      attempt.begin();
      return () => attempt.leave();
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
