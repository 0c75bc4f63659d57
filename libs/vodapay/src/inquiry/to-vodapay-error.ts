import { isCancel } from 'axios';
import { VodaPayError } from '../errors/vodapay-error.js';
import { propertyOf } from '../property-of.js';
import { stackFrames } from '../errors/stack-frames.js';
import { TransportError } from './transport-error.js';
import { transportFailureOf } from './transport-failures.js';

/**
 * The library's error for a failed exchange. Nothing of the given error stays reachable, since an AxiosError's
 * configuration holds the body with its token: the cause is made anew of what is harmless.
 */
export function toVodaPayError(error: unknown): VodaPayError {
  if (error instanceof VodaPayError) return error;
  if (isCancel(error)) return new VodaPayError('VODAPAY_REQUEST_ABORTED');
  const facts = factsOf(error);
  const failure = transportFailureOf(facts.code, facts.message);
  if (failure === undefined) {
    return new VodaPayError('VODAPAY_UNREACHABLE', {
      message: 'The wallet cannot be reached: the HTTP layer failed in a way that this library does not know.',
      neverSent: facts.phase === 'connecting',
      cause: withheldCause(facts),
    });
  }
  return new VodaPayError(failure.code, {
    message: failure.message,
    neverSent: facts.phase === undefined ? failure.neverSent(facts.syscall) : facts.phase === 'connecting',
    cause: Object.assign(new Error(facts.message), { code: facts.code }),
  });
}

interface Facts {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly syscall: string | undefined;
  readonly phase: TransportError['phase'] | undefined;
  readonly frames: readonly string[];
}

function factsOf(error: unknown): Facts {
  const sources = withCauses(error);
  const [first] = sources;
  return {
    name: first instanceof Error ? first.name : typeof error,
    message: sources.map((source) => text(source, 'message')).find((message) => message !== undefined) ?? '',
    code: sources.map((source) => text(source, 'code')).find((code) => code !== undefined),
    syscall: sources.map((source) => text(source, 'syscall')).find((syscall) => syscall !== undefined),
    phase: error instanceof TransportError ? error.phase : undefined,
    frames: stackFrames(first),
  };
}

/** The error, what axios wrapped in it, and what Node joined in it after trying several addresses. */
function withCauses(error: unknown): readonly unknown[] {
  const cause = propertyOf(error, 'cause');
  const wrapped = cause === undefined ? [error] : [error, cause];
  return wrapped.flatMap((source) => {
    const joined = propertyOf(source, 'errors');
    return Array.isArray(joined) && joined.length > 0 ? [source, joined[0]] : [source];
  });
}

/** The message of an unknown error may quote the request; where it arose may be told. */
function withheldCause({ name, code, frames }: Facts): Error {
  const label = [name, code].filter((word) => word !== undefined && /^[A-Z][A-Za-z_]{0,63}$/.test(word)).join(' ');
  const cause = new Error(`${label}: its message is withheld: it may quote the request.`);
  cause.stack = [`${cause.name}: ${cause.message}`, ...frames].join('\n');
  return cause;
}

function text(source: unknown, name: string): string | undefined {
  const value = propertyOf(source, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
