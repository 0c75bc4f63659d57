import type { Logger } from '@nestjs/common';
import type { VodaPayError } from '../errors.js';
import { stackFrames } from '../stack-frames.js';

/**
 * Tells the operator why a refusal with status 500 came about, which the client is not told: code, stage, and of every
 * cause its class, its code and where it was thrown. Texts of causes stay out, because they may hold values.
 */
export function logOwnFailure(logger: Logger, error: VodaPayError): void {
  if (error.status === 500) logger.error(describeOwnFailure(error));
}

/** The table's message, or that of the place that threw, is safe by the rule of VodaPayErrorDetails. */
function describeOwnFailure(error: VodaPayError): string {
  const causes = causesOf(error);
  const origin = causes.length === 0 ? stackFrames(error) : causes.flatMap(describeCause);
  return [`${error.code} (${error.stage}): ${error.message}`, ...origin].join('\n');
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

function describeCause(cause: unknown): readonly string[] {
  if (!(cause instanceof Error)) return [`caused by a thrown ${typeof cause}`];
  const code = 'code' in cause ? wordOf(cause.code) : undefined;
  return [`caused by ${[wordOf(cause.name) ?? 'Error', code].filter(Boolean).join(' ')}`, ...stackFrames(cause)];
}

/** Names of classes and codes of drivers are single words; anything else might be a text with values. */
function wordOf(name: unknown): string | undefined {
  return /^\w{1,64}$/.test(String(name)) ? String(name) : undefined;
}
