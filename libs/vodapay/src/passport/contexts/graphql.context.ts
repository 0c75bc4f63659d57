import type { ArgumentsHost } from '@nestjs/common';
import { VodaPayError } from '../../errors/vodapay-error.js';
import { authorizationHeaders } from '../authorization-headers.js';
import { GraphqlRefusal } from './graphql-refusal.js';
import type { GuardedContext, GuardedRequest } from './guarded-context.js';
import { connectionOf } from './open-socket.js';
import { isObject, ownPropertyOf, propertyOf } from '../../property-of.js';

/**
 * GraphQL, without an import of it: a resolver's arguments are (parent, arguments, context, info). Nest puts the HTTP
 * request on `context.req`, or, for a subscription over graphql-ws, that library's own context with the handshake. The
 * outcome is noted on `info`, of which every field has its own: the fields of one operation may sign in differently.
 */
export const GRAPHQL_CONTEXT: GuardedContext = {
  read: (context) => {
    const request = propertyOf(context.getArgByIndex(2), 'req');
    const subject = infoOf(context);
    const body: unknown = context.getArgByIndex(1);
    if (!isObject(request) || !isObject(subject)) throw new VodaPayError('VODAPAY_CONTEXT_UNSUPPORTED');
    if (isObject(propertyOf(request, 'headers'))) {
      return { subject, sources: { authorization: authorizationHeaders(request), body }, exposeOn: request };
    }
    return readSubscription(request, subject, body);
  },
  subjects: (context) => [infoOf(context)],
  refuse: (error) => new GraphqlRefusal(error),
};

const infoOf = (context: ArgumentsHost): unknown => context.getArgByIndex(3);

function readSubscription(request: object, subject: object, body: unknown): GuardedRequest {
  const extra = propertyOf(request, 'extra');
  const handshake = propertyOf(extra, 'request');
  if (!isObject(handshake) || !isObject(propertyOf(handshake, 'headers')))
    throw new VodaPayError('VODAPAY_CONTEXT_UNSUPPORTED');
  const given = propertyOf(request, 'connectionParams');
  const authorization = [
    ...authorizationHeaders(handshake),
    ownPropertyOf(given, 'authorization'),
    ownPropertyOf(given, 'Authorization'),
  ];
  const connection = connectionOf(propertyOf(extra, 'socket'));
  const guarded = { subject, sources: { authorization, body }, exposeOn: request };
  return connection === undefined ? guarded : { ...guarded, connection };
}
