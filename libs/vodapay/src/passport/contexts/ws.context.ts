import { VodaPayError } from '../../errors/vodapay-error.js';
import { toHttpRefusal } from '../to-http-refusal.js';
import type { GuardedContext } from './guarded-context.js';
import { handshakeAuthorization } from './handshake.js';
import { loadPeer } from './load-peer.js';
import { messageAuthorization } from './message-authorization.js';
import { connectionOf } from './open-socket.js';
import { isObject } from '../../property-of.js';
import { silentException } from './silent-exception.js';

/**
 * Gateways on ws and socket.io: a bearer in the handshake, or in the message itself. A socket that was authenticated by
 * its handshake carries the principal of its last message and closes with its session; one whose messages bring their
 * own bearer may serve several users, so it stays.
 */
export const WS_CONTEXT: GuardedContext = {
  read: (context) => {
    const client = context.getArgByIndex<unknown>(0);
    const data = context.getArgByIndex<unknown>(1);
    if (!isObject(client)) throw new VodaPayError('VODAPAY_CONTEXT_UNSUPPORTED');
    const inMessage = messageAuthorization(data);
    // A message that is no object can't carry its outcome: the client does, for this message's arguments only.
    const subject = isObject(data) ? { subject: data } : { subject: client, message: context.getArgs() };
    const guarded = {
      ...subject,
      sources: { authorization: [...handshakeAuthorization(client), inMessage], body: data },
    };
    const connection = connectionOf(client);
    if (inMessage !== undefined || connection === undefined) return guarded;
    return { ...guarded, exposeOn: client, connection };
  },
  subjects: (context) => [context.getArgByIndex(1), context.getArgByIndex(0)],
  refuse: async (error) => {
    const { WsException } = await loadPeer('@nestjs/websockets', () => import('@nestjs/websockets'));
    return silentException(new WsException(toHttpRefusal(error).body), error);
  },
};
