import type { ServerResponse } from 'node:http';
import { VodaPayError } from '../../errors/vodapay-error.js';
import type { Departure } from '../../departure.js';
import type { OpenConnection } from '../../login/session-connections.js';
import { readHttpSources, type HttpRequestLike } from '../read-http-sources.js';
import { toHttpException } from '../to-http-exception.js';
import { toHttpRefusal } from '../to-http-refusal.js';
import type { GuardedContext } from './guarded-context.js';
import { isObject, propertyOf } from '../../property-of.js';

/** The metadata of Nest's `@Sse()`. */
const SSE_METADATA = '__sse__';

/** Express and Fastify, server-sent events included: `Authorization`, and the JSON body for an auth code. */
export const HTTP_CONTEXT: GuardedContext = {
  read: (context, handler) => {
    const request = context.getArgByIndex<HttpRequestLike>(0);
    if (!isObject(propertyOf(request, 'headers'))) throw new VodaPayError('VODAPAY_CONTEXT_UNSUPPORTED');
    const departure = departureOf(context.getArgByIndex(1));
    const guarded = { subject: request, sources: readHttpSources(request), exposeOn: request, departure };
    return isEventStream(handler) ? { ...guarded, connection: eventStream(context.getArgByIndex(1)) } : guarded;
  },
  subjects: (context) => [context.getArgByIndex(0)],
  refuse: (error, context, httpAdapter) => {
    const response: unknown = context.getArgByIndex(1);
    for (const [name, value] of Object.entries(toHttpRefusal(error).headers)) {
      httpAdapter.setHeader?.(response, name, value);
    }
    return toHttpException(error);
  },
};

/** Of each handler, once: looking metadata up costs a tenth of the guard. */
const eventStreams = new WeakMap<object, boolean>();

function isEventStream(handler: unknown): boolean {
  if (typeof handler !== 'function') return false;
  const known = eventStreams.get(handler);
  if (known !== undefined) return known;
  const read = Reflect.getMetadata(SSE_METADATA, handler) === true;
  eventStreams.set(handler, read);
  return read;
}

/** While a guard decides nothing has been answered, so a response that closes has lost its client. */
const departureOf =
  (response: unknown): Departure =>
  (gone) => {
    const raw = rawResponse(response);
    if (raw.closed || raw.destroyed) gone();
    raw.once('close', gone);
    return () => raw.off('close', gone);
  };

/** Fastify's reply keeps node's response as `raw`. */
function rawResponse(response: unknown): ServerResponse {
  return (propertyOf(response, 'raw') ?? response) as ServerResponse;
}

function eventStream(response: unknown): OpenConnection {
  const raw = rawResponse(response);
  return {
    isOpen: () => !raw.closed,
    // Not `end`: Nest's stream would go on writing to it. The client connects again and is told 401.
    close: () => raw.destroy(),
    onceClosed: (listener) => raw.once('close', listener),
  };
}
