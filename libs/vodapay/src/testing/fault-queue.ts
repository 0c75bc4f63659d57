import type { OperationName } from '../protocol/operations.js';
import type { TestFault } from './test-fault.js';
import { faultNamed, type TestFaultName } from './test-faults.js';

/** Which calls a fault spoils. What is not given doesn't matter. */
export interface FaultTarget {
  /** The user for whom the call is made. */
  readonly userId?: string;
  readonly operation?: OperationName;
}

interface QueuedFault {
  readonly fault: TestFault;
  readonly target: FaultTarget;
  left: number;
}

/** The faults that wait for their calls, in the order in which the test asked for them. */
export class FaultQueue {
  private waiting: readonly QueuedFault[] = [];

  /** Gives a function that takes the fault back. */
  add(name: TestFaultName, target: FaultTarget, times: number): () => void {
    const fault = faultNamed(name);
    if (target.operation !== undefined && !fault.operations.includes(target.operation)) {
      throw new TypeError(`The fault "${name}" is for ${fault.operations.join(', ')}, not ${target.operation}.`);
    }
    const queued = { fault, target, left: times };
    this.waiting = [...this.waiting, queued];
    return () => this.remove(queued);
  }

  clear(): void {
    this.waiting = [];
  }

  /** The fault that spoils this call. */
  take(operation: OperationName, userId: string | undefined): TestFault | undefined {
    const found = this.waiting.find(
      ({ fault, target }) =>
        fault.operations.includes(operation) &&
        (target.operation ?? operation) === operation &&
        (target.userId ?? userId) === userId,
    );
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.remove(found);
    return found.fault;
  }

  private remove(queued: QueuedFault): void {
    this.waiting = this.waiting.filter((other) => other !== queued);
  }
}
