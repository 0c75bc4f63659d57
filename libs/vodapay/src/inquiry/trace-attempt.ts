import { VodaPayError } from '../errors/vodapay-error.js';
import { isKnownResultCode } from '../protocol/result-codes.js';
import type { Operation } from '../protocol/operations.js';
import { OTHER } from '../telemetry/attributes.js';
import type { Note, OpenSpan, Telemetry } from '../telemetry/telemetry.js';
import type { ServerPlace } from './server-place.js';

interface Attempt {
  readonly operation: Operation;
  readonly server: ServerPlace;
  /** From 1. */
  readonly number: number;
  /** The operation's: a call that waited for its turn is let out by another caller, in whose surroundings it then runs. */
  readonly span: OpenSpan;
}

/** Tells an attempt as an HTTP client span, with OpenTelemetry's conventions for HTTP. */
export async function traceAttempt<T>(
  telemetry: Telemetry,
  { operation, server, number, span: around }: Attempt,
  call: (note: Note) => Promise<T>,
): Promise<T> {
  const { baseUrl, address, port } = server;
  const attributes = {
    'vodapay.operation': operation.name,
    'http.request.method': 'POST',
    'server.address': address,
    'server.port': port,
    'url.full': baseUrl + operation.path,
    ...(number === 1 ? {} : { 'http.request.resend_count': number - 1 }),
  } as const;
  const span = around.run(() => telemetry.start(`POST ${operation.path}`, attributes));
  try {
    const value = await span.run(() => call(span.note));
    span.note({ 'vodapay.result.code': 'SUCCESS' });
    span.end();
    return value;
  } catch (error) {
    span.note(resultOf(error));
    span.end({ error });
    throw error;
  }
}

function resultOf(error: unknown): { readonly 'vodapay.result.code'?: string } {
  if (!(error instanceof VodaPayError) || error.resultCode === undefined) return {};
  return { 'vodapay.result.code': isKnownResultCode(error.resultCode) ? error.resultCode : OTHER };
}
