import { OPERATIONS, type OperationName } from '../../protocol/operations.js';
import { NO_TELEMETRY } from '../../telemetry/no-telemetry.js';
import type { Telemetry } from '../../telemetry/telemetry.js';
import { tellLog } from '../../telemetry/tell-log.js';
import type { CallPurpose } from './call-purpose.js';
import { CallSlots } from './call-slots.js';
import { Circuit, type CircuitStatus } from './circuit.js';
import { Passage } from './passage.js';
import type { ResiliencePolicy } from './resilience-policy.js';
import { RetryBudget } from './retry-budget.js';
import { TrafficPace } from './traffic-pace.js';

/**
 * What stands between an instance and its wallet. Everything it keeps is this instance's and this process' own (R14).
 */
export class WalletGate {
  readonly retries: RetryBudget;
  private readonly circuits: Readonly<Record<OperationName, Circuit>>;
  private readonly slots: CallSlots;
  private readonly pace: TrafficPace;
  private readonly observed: readonly (() => void)[];

  /** @param monotonicMs a clock that never goes back, in milliseconds */
  constructor(
    policy: ResiliencePolicy,
    private readonly monotonicMs: () => number,
    private readonly telemetry: Telemetry = NO_TELEMETRY,
  ) {
    const circuit = (name: OperationName): Circuit =>
      new Circuit(name, policy, monotonicMs, (state, correlationId) => this.tell(name, state, correlationId));
    this.circuits = {
      applyToken: circuit(OPERATIONS.applyToken.name),
      inquiryUserInfo: circuit(OPERATIONS.inquiryUserInfo.name),
    };
    this.retries = new RetryBudget(policy.retryBudget);
    this.slots = new CallSlots(policy, monotonicMs);
    this.pace = new TrafficPace(policy, monotonicMs);
    this.observed = [this.observe('applyToken'), this.observe('inquiryUserInfo')];
  }

  status(operation: OperationName): CircuitStatus {
    return this.circuits[operation].status;
  }

  /** As `Circuit.reserve`. */
  reserve(operation: OperationName): () => void {
    return this.circuits[operation].reserve();
  }

  /** @param timeoutMs the operation's deadline, which its waiting is part of */
  passage(operation: OperationName, purpose: CallPurpose, timeoutMs: number): Passage {
    const { slots, pace, monotonicMs } = this;
    return new Passage({ circuit: this.circuits[operation], slots, pace, monotonicMs }, purpose, timeoutMs);
  }

  /** Its state is told no more. */
  close(): void {
    for (const end of this.observed) end();
  }

  private observe(operation: OperationName): () => void {
    const isOpen = (): number => (this.status(operation).state === 'closed' ? 0 : 1);
    return this.telemetry.observe('circuitOpen', { 'vodapay.operation': operation }, isOpen);
  }

  private tell(operation: OperationName, state: 'open' | 'closed', correlationId: string | undefined): void {
    this.telemetry.counter('circuitChanges', { 'vodapay.operation': operation, 'vodapay.circuit.state': state })();
    tellLog(state === 'open' ? 'vodapay.circuit.opened' : 'vodapay.circuit.closed', { operation }, correlationId);
  }
}
