import { VodaPayError } from '../errors/vodapay-error.js';
import type { VodaPayErrorCode } from '../errors/vodapay-errors.js';
import type { Operation } from '../protocol/operations.js';
import { errorType } from '../telemetry/error-type.js';
import { tellLog } from '../telemetry/tell-log.js';

/** One attempt of an operation. Its lines get the correlation id by hand: it may run in another caller's surroundings. */
interface Attempt {
  readonly operation: Operation;
  /** From 1. */
  readonly number: number;
  readonly correlationId: string | undefined;
}

/** One debug line for each attempt: operation, number, outcome, duration. Nothing of what was sent or came. */
export async function logAttempt<T>(
  { operation: { name: operation }, number: attempt, correlationId }: Attempt,
  call: () => Promise<T>,
): Promise<T> {
  const startedAt = performance.now();
  const log = (outcome: Outcome): void => {
    const durationMs = Math.round(performance.now() - startedAt);
    tellLog('vodapay.wallet.attempt', { operation, attempt, ...outcome, durationMs }, correlationId);
  };
  try {
    const value = await call();
    log(SUCCESS);
    return value;
  } catch (error) {
    log(outcomeOf(error));
    throw error;
  }
}

/**
 * The failure of a whole operation. What this side holds back before anything went out it refuses in floods: that is no
 * warning for each call.
 */
export function logFailure(
  { operation: { name: operation }, correlationId }: Omit<Attempt, 'number'>,
  error: unknown,
  wentOut: boolean,
): void {
  const { code, resultCode } = outcomeOf(error);
  if (!wentOut && error instanceof VodaPayError && HELD_BACK.has(error.code))
    tellLog('vodapay.wallet.held-back', { operation, code }, correlationId);
  else tellLog('vodapay.wallet.failed', { operation, code, resultCode }, correlationId);
}

/** By the circuit, the slots and the pace. */
const HELD_BACK: ReadonlySet<VodaPayErrorCode> = new Set([
  'VODAPAY_CIRCUIT_OPEN',
  'VODAPAY_CALL_QUEUE_FULL',
  'VODAPAY_TRAFFIC_LIMITED',
]);

/** The library's code, and the wallet's where it gave one. */
interface Outcome {
  readonly code: string;
  readonly resultCode: string | undefined;
}

const SUCCESS: Outcome = Object.freeze({ code: 'SUCCESS', resultCode: undefined });

function outcomeOf(error: unknown): Outcome {
  return { code: errorType(error), resultCode: error instanceof VodaPayError ? error.resultCode : undefined };
}
