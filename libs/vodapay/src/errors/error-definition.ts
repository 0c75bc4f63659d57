import type { VodaPayErrorStage } from './vodapay-error-stage.js';
import type { VodaPayNextStep } from './vodapay-next-step.js';

/** What the table says of one code. */
export interface ErrorDefinition {
  readonly stage: VodaPayErrorStage;
  /** HTTP status of the refusal. */
  readonly status: 400 | 401 | 403 | 409 | 429 | 500 | 502 | 503 | 504;
  /** Whether the same request may succeed later without anybody changing anything. */
  readonly retryable: boolean;
  readonly next: VodaPayNextStep;
  /** The message when the place that throws has nothing more exact to say. */
  readonly message: string;
}
