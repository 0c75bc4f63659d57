import { VodaPayError } from '../../errors/vodapay-error.js';
import { toHttpRefusal } from '../to-http-refusal.js';
import type { GuardedContext } from './guarded-context.js';
import { loadPeer } from './load-peer.js';
import { messageAuthorization } from './message-authorization.js';
import { isObject, ownPropertyOf, propertyOf } from '../../property-of.js';
import { silentException } from './silent-exception.js';

/**
 * Microservices: the bearer is in the message, or in the packet's metadata, which Nest 12 has over TCP. Nest makes a
 * context object for every message (`@Ctx()`), so the outcome is noted there.
 */
export const RPC_CONTEXT: GuardedContext = {
  read: (context) => {
    const data = context.getArgByIndex<unknown>(0);
    const subject = context.getArgByIndex<unknown>(1);
    if (!isObject(subject)) throw new VodaPayError('VODAPAY_CONTEXT_UNSUPPORTED');
    const authorization = [messageAuthorization(data), ownPropertyOf(metadataOf(subject), 'authorization')];
    return { subject, sources: { authorization, body: data }, exposeOn: subject };
  },
  subjects: (context) => [context.getArgByIndex(1)],
  refuse: async (error) => {
    const { RpcException } = await loadPeer('@nestjs/microservices', () => import('@nestjs/microservices'));
    return silentException(new RpcException(toHttpRefusal(error).body), error);
  },
};

function metadataOf(messageContext: object): unknown {
  const read = propertyOf(messageContext, 'getMetadata');
  return typeof read === 'function' ? (read as () => unknown).call(messageContext) : undefined;
}
