import { Subject } from 'rxjs';
import { expect, it } from 'vitest';
import { SessionConnections } from '../../libs/vodapay/src/login/session-connections.js';
import type { SessionEnd } from '../../libs/vodapay/src/session/session-end.js';

const OWNER = { sessionId: 'session', accountId: 'account', linkId: 'link', tokenHash: undefined };

it('A connection that cannot be closed keeps no other of its session open', () => {
  const ends = new Subject<SessionEnd>();
  const connections = new SessionConnections({
    ended$: ends,
    aliveAmong: () => Promise.resolve(new Map()),
  } as unknown as ConstructorParameters<typeof SessionConnections>[0]);
  connections.onModuleInit();
  const closed: string[] = [];
  const connection = (name: string, close: () => void) => ({
    isOpen: () => true,
    onceClosed: () => undefined,
    close: () => {
      close();
      closed.push(name);
    },
  });
  connections.hold(
    connection('broken', () => {
      throw new TypeError('The socket has no close of its own.');
    }),
    OWNER,
  );
  connections.hold(
    connection('whole', () => undefined),
    OWNER,
  );
  ends.next({ kind: 'account', accountId: 'account' });
  expect(closed).toEqual(['whole']);
  expect(connections.size).toBe(0);
  connections.onModuleDestroy();
});
