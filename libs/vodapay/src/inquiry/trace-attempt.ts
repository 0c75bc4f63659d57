import { Observable } from 'rxjs';
import { VodaPayError } from '../errors.js';
import { isKnownResultCode } from '../protocol/result-codes.js';
import type { Operation } from '../protocol/operations.js';
import { OTHER } from '../telemetry/attributes.js';
import type { Note, OpenSpan, Telemetry } from '../telemetry/telemetry.js';

interface Attempt {
  readonly operation: Operation;
  readonly baseUrl: string;
  /** From 1. */
  readonly number: number;
  /** The operation's: a call that waited for its turn is let out by another caller, in whose surroundings it then runs. */
  readonly span: OpenSpan;
}

/**
 * Tells an attempt as an HTTP client span, with OpenTelemetry's conventions for HTTP. It ends with the attempt, also when
 * its caller leaves: then as aborted.
 */
export function traceAttempt<T>(
  telemetry: Telemetry,
  { operation, baseUrl, number, span: around }: Attempt,
  call: (note: Note) => Observable<T>,
): Observable<T> {
  return new Observable((subscriber) => {
    const attributes = {
      'vodapay.operation': operation.name,
      'http.request.method': 'POST',
      ...placeOf(baseUrl, operation),
      ...(number === 1 ? {} : { 'http.request.resend_count': number - 1 }),
    } as const;
    const span = around.run(() => telemetry.start(`POST ${operation.path}`, attributes));
    const subscription = span.run(() =>
      call(span.note).subscribe({
        next: (value) => {
          span.note({ 'vodapay.result.code': 'SUCCESS' });
          span.end();
          subscriber.next(value);
        },
        error: (error: unknown) => {
          span.note(resultOf(error));
          span.end({ error });
          subscriber.error(error);
        },
        complete: () => subscriber.complete(),
      }),
    );
    return () => {
      span.end({ error: new VodaPayError('VODAPAY_REQUEST_ABORTED') });
      subscription.unsubscribe();
    };
  });
}

/** An origin without a port has the one of its scheme. */
function placeOf(baseUrl: string, { path }: Operation) {
  const { hostname, port, protocol } = new URL(baseUrl);
  const defaultPort = protocol === 'https:' ? 443 : 80;
  return {
    'server.address': hostname,
    'server.port': port === '' ? defaultPort : Number(port),
    'url.full': baseUrl + path,
  };
}

function resultOf(error: unknown): { readonly 'vodapay.result.code'?: string } {
  if (!(error instanceof VodaPayError) || error.resultCode === undefined) return {};
  return { 'vodapay.result.code': isKnownResultCode(error.resultCode) ? error.resultCode : OTHER };
}
