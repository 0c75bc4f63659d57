import { Subject } from 'rxjs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SessionConnections, type OpenConnection } from '../../libs/vodapay/src/login/session-connections.js';
import type { LiveSessions } from '../../libs/vodapay/src/session/live-sessions.js';
import type { SessionEnd } from '../../libs/vodapay/src/session/session-end.js';

const OWNER = { sessionId: 'session', accountId: 'account', linkId: 'link', tokenHash: undefined };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** The connections of an application that has started, with the ends it is told and what it asks about, all alive. */
function started() {
  const ends = new Subject<SessionEnd>();
  const aliveAmong = vi.fn(async (ids: readonly string[]) => new Map(ids.map((id) => [id, 'token'])));
  const connections = new SessionConnections({ ended$: ends, aliveAmong } as unknown as LiveSessions);
  connections.onModuleInit();
  return { connections, ends, aliveAmong };
}

/** One that closes as it is told, and can be left by its client. */
function openConnection() {
  const listeners: (() => void)[] = [];
  const leave = (): void => listeners.forEach((listener) => listener());
  const close = vi.fn(leave);
  const connection: OpenConnection = { isOpen: () => true, onceClosed: (told) => void listeners.push(told), close };
  return { connection, close, leave };
}

const aSecond = () => vi.advanceTimersByTimeAsync(1_000);

it('A connection that cannot be closed keeps no other of its session open, and is not held any longer', async () => {
  const { connections, ends, aliveAmong } = started();
  const [broken, whole] = [openConnection(), openConnection()];
  broken.close.mockImplementation(() => {
    throw new TypeError('The socket has no close of its own.');
  });
  connections.hold(broken.connection, OWNER);
  connections.hold(whole.connection, OWNER);
  ends.next({ kind: 'account', accountId: 'account' });
  ends.next({ kind: 'account', accountId: 'account' });
  expect([broken.close, whole.close].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  await aSecond();
  expect(aliveAmong).not.toHaveBeenCalled();
});

it('A session is looked up every second while a connection of it is open, and not once its last one has closed', async () => {
  const { connections, ends, aliveAmong } = started();
  const [one, other] = [openConnection(), openConnection()];
  connections.hold(one.connection, OWNER);
  connections.hold(other.connection, OWNER);
  connections.hold(one.connection, OWNER);
  one.leave();
  await aSecond();
  expect(aliveAmong.mock.calls).toEqual([[['session']]]);
  other.leave();
  await aSecond();
  expect(aliveAmong).toHaveBeenCalledTimes(1);
  ends.next({ kind: 'session', sessionId: 'session' });
  expect([one.close, other.close].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
});

it('What opens while the application shuts down is not held, and starts no looking again', async () => {
  const { connections, aliveAmong } = started();
  connections.hold(openConnection().connection, OWNER);
  connections.onModuleDestroy();
  connections.hold(openConnection().connection, OWNER);
  expect(vi.getTimerCount()).toBe(0);
  await aSecond();
  expect(aliveAmong).not.toHaveBeenCalled();
});
