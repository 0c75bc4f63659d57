import type { Logger } from '@nestjs/common';
import { defer, tap, type MonoTypeOperatorFunction } from 'rxjs';
import { VodaPayError, type VodaPayErrorCode } from '../errors.js';
import type { Operation } from '../protocol/operations.js';

/** One debug line for each attempt: operation, number, outcome, duration. Nothing of what was sent or came. */
export function logAttempt<T>(logger: Logger, { name }: Operation, attempt: number): MonoTypeOperatorFunction<T> {
  return (call) =>
    defer(() => {
      const startedAt = performance.now();
      const log = (outcome: string): void =>
        logger.debug(`${name} attempt ${attempt}: ${outcome} after ${Math.round(performance.now() - startedAt)} ms`);
      return call.pipe(tap({ next: () => log('S'), error: (error: unknown) => log(outcomeOf(error)) }));
    });
}

/** The failure of a whole operation. What this side refused at once is told by the circuit, not once more by each call. */
export function logFailure(logger: Logger, { name }: Operation, error: unknown): void {
  const line = `${name} failed: ${outcomeOf(error)}`;
  if (error instanceof VodaPayError && REFUSED_HERE.has(error.code)) logger.debug(line);
  else logger.warn(line);
}

const REFUSED_HERE: ReadonlySet<VodaPayErrorCode> = new Set(['VODAPAY_CIRCUIT_OPEN', 'VODAPAY_CALL_QUEUE_FULL']);

/** A failure in one word or two: the library's code, and the wallet's where it gave one. */
function outcomeOf(error: unknown): string {
  if (!(error instanceof VodaPayError)) return 'unexpected error';
  return error.resultCode === undefined ? error.code : `${error.code} (${error.resultCode})`;
}
