import type { VodaPayError } from '../errors/vodapay-error.js';
import { stackFrames } from '../errors/stack-frames.js';
import { correlationId } from '../telemetry/correlation.js';
import { tellLog } from '../telemetry/tell-log.js';
import { describeCause } from './describe-cause.js';

/**
 * Tells the operator why a refusal with status 500 came about, which the client is not told: code, stage, and of every
 * cause its class, its code and where it was thrown. Texts of causes stay out, because they may hold values.
 */
export function logOwnFailure(error: VodaPayError): void {
  if (error.status !== 500) return;
  const { code, stage, message: detail } = error;
  const causes = causesOf(error);
  const origin = causes.length === 0 ? stackFrames(error) : causes.flatMap(describeCause);
  tellLog('vodapay.request.failed', { code, stage, detail, origin }, correlationId(error));
}

/** Bounded, and safe against a chain that closes in a circle. */
const MAX_CAUSES = 5;

function causesOf(error: Error): readonly unknown[] {
  const causes: unknown[] = [];
  let cause = error.cause;
  while (cause !== undefined && cause !== null && causes.length < MAX_CAUSES) {
    causes.push(cause);
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return causes;
}
