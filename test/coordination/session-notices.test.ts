import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CoordinationScope } from '../../libs/vodapay/src/coordination/coordination-scope.js';
import { AesSecretBox } from '../../libs/vodapay/src/session/aes-secret-box.js';
import type { SessionEnd } from '../../libs/vodapay/src/session/session-end.js';
import { SessionNotices } from '../../libs/vodapay/src/session/session-notices.js';
import { MemoryBoard, MemoryCoordination } from './memory-coordination.js';

const KEY = createSecretKey(randomBytes(32));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface ProcessSettings {
  readonly clientId?: string;
  readonly key?: KeyObject;
  /** Default: its start has come to its end. */
  readonly starts?: boolean;
}

/** A process of an instance; all use the one board and the one clock. */
function processOn(board: MemoryBoard, { clientId = 'client', key = KEY, starts = true }: ProcessSettings = {}) {
  const coordination = new MemoryCoordination(board);
  const own = { namespace: 'test:client', baseUrl: 'https://wallet.test', clientId, correlationKey: key };
  const scope = new CoordinationScope(own, new AesSecretBox(new Map([['k', key]])));
  const notices = new SessionNotices({ coordination, scope, withinMs: 1_000 }, () => Date.now());
  const heard: SessionEnd[] = [];
  notices.listen((end) => heard.push(end));
  if (starts) notices.onApplicationBootstrap();
  const say = async (notice: object) => coordination.publish(scope.channel, await scope.seal(notice, scope.channel));
  return { coordination, notices, heard, say };
}

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

const ENDS: readonly SessionEnd[] = [
  { kind: 'session', sessionId: 's' },
  { kind: 'account', accountId: 'a' },
  { kind: 'link', linkId: 'l' },
];

describe('The ends of sessions', () => {
  it.each(ENDS)('reach the other processes of the instance: %j', async (end) => {
    const board = new MemoryBoard();
    const [one, other] = [processOn(board), processOn(board)];
    await one.notices.tell(end);
    await pass(1);
    expect(other.heard).toEqual([end]);
    expect(board.said.join()).not.toContain('sessionId');
  });

  it('R14 reach no other instance, which learns only that a link of their common namespace has ended', async () => {
    const board = new MemoryBoard();
    const [one, other] = [
      processOn(board),
      processOn(board, { clientId: 'other', key: createSecretKey(randomBytes(32)) }),
    ];
    await pass(1_000);
    const readAt = Date.now();
    await pass(500);
    expect(other.notices.covers(readAt, Date.now())).toBe(true);
    await one.notices.tell({ kind: 'account', accountId: 'a' });
    await pass(1);
    expect(other.notices.covers(readAt, Date.now())).toBe(true);
    await one.notices.tell({ kind: 'link', linkId: 'l' });
    await pass(1);
    expect(other.heard).toEqual([]);
    expect(other.notices.covers(readAt, Date.now())).toBe(false);
  });

  it('that a process with other keys tells make the rest read again, as does whatever a stranger says', async () => {
    const board = new MemoryBoard();
    const [one, rotated] = [processOn(board), processOn(board, { key: createSecretKey(randomBytes(32)) })];
    await pass(1_000);
    const readAt = Date.now();
    await rotated.notices.tell({ kind: 'session', sessionId: 's' });
    await pass(1);
    expect(one.heard).toEqual([]);
    expect(one.notices.covers(readAt, Date.now())).toBe(false);
  });

  it.each([
    { kind: 'frozen' },
    { kind: 'ended', end: { kind: 'device', deviceId: 'd' } },
    { kind: 'ended' },
    { kind: 'ended', end: null },
    { kind: 'ended', ends: [{ kind: 'session', sessionId: 's' }] },
    { kind: 'ended', end: { kind: 'session' } },
  ])('that a newer version tells in its own way make the rest read again: %j', async (notice) => {
    const board = new MemoryBoard();
    const [newer, other] = [processOn(board), processOn(board)];
    await pass(1_000);
    const readAt = Date.now();
    await pass(500);
    expect(other.notices.covers(readAt, Date.now())).toBe(true);
    await newer.say(notice);
    await pass(1);
    expect(other.heard).toEqual([]);
    expect(other.notices.covers(readAt, Date.now())).toBe(false);
  });

  it('that could not be told are owed: the others read again before they hear that all is well', async () => {
    const board = new MemoryBoard();
    const [one, other] = [processOn(board), processOn(board)];
    await pass(1_000);
    const readAt = Date.now();
    one.coordination.isDown = true;
    await one.notices.tell({ kind: 'session', sessionId: 's' });
    one.coordination.isDown = false;
    expect(other.notices.covers(readAt, Date.now())).toBe(true);
    await pass(200);
    expect(other.notices.covers(readAt, Date.now())).toBe(false);
    const readLater = Date.now() + 1;
    await pass(400);
    expect(other.notices.covers(readLater, Date.now())).toBe(true);
  });

  it('that could not be told are told by a process that leaves, as soon as it can, and nobody waits for it', async () => {
    const board = new MemoryBoard();
    const other = processOn(board);
    await pass(1_000);
    const readAt = Date.now();
    const script = processOn(board);
    script.coordination.isDown = true;
    await script.notices.tell({ kind: 'session', sessionId: 's' });
    const left = script.notices.onApplicationShutdown();
    await pass(500);
    expect(other.notices.covers(readAt, Date.now())).toBe(true);
    script.coordination.isDown = false;
    await pass(50);
    await left;
    expect(other.notices.covers(readAt, Date.now())).toBe(false);
    const readLater = Date.now() + 1;
    await pass(3_000);
    expect(other.notices.covers(readLater, Date.now())).toBe(true);
  });

  it.each([
    ['that goes on', async () => undefined],
    ['that leaves', ({ notices }: ReturnType<typeof processOn>) => notices.onApplicationShutdown()],
  ])('by a link are told to the other instances of the namespace later by a process %s', async (_title, end) => {
    const board = new MemoryBoard();
    const one = processOn(board);
    const other = processOn(board, { clientId: 'other', key: createSecretKey(randomBytes(32)) });
    await pass(1_000);
    const readAt = Date.now();
    one.coordination.isDown = true;
    await one.notices.tell({ kind: 'link', linkId: 'l' });
    const ended = end(one);
    await pass(100);
    one.coordination.isDown = false;
    await pass(200);
    await ended;
    expect(other.notices.covers(readAt, Date.now())).toBe(false);
  });

  it('hold up a process that leaves by less than a second where they can be told to nobody', async () => {
    const one = processOn(new MemoryBoard());
    one.coordination.isDown = true;
    await one.notices.tell({ kind: 'link', linkId: 'l' });
    const left = vi.fn<() => void>();
    void one.notices.onApplicationShutdown().then(left);
    await pass(700);
    expect(left).not.toHaveBeenCalled();
    await pass(299);
    expect(left).toHaveBeenCalledOnce();
  });

  it('hold up nobody who owes nothing, or whose start has failed', async () => {
    const board = new MemoryBoard();
    const [started, failed] = [processOn(board), processOn(board, { starts: false })];
    for (const { coordination } of [started, failed]) coordination.isDown = true;
    await failed.notices.tell({ kind: 'session', sessionId: 's' });
    await Promise.all([started.notices.onApplicationShutdown(), failed.notices.onApplicationShutdown()]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are not counted on within a second of a process falling silent', async () => {
    const board = new MemoryBoard();
    const [one, other] = [processOn(board), processOn(board)];
    await pass(1_000);
    const readAt = Date.now();
    one.coordination.isDown = true;
    await pass(1_200);
    expect(other.notices.covers(readAt, Date.now())).toBe(false);
  });

  it('need nobody to be silent when a process leaves with a word', async () => {
    const board = new MemoryBoard();
    const [one, other] = [processOn(board), processOn(board)];
    await pass(1_000);
    const readAt = Date.now();
    await one.notices.onApplicationShutdown();
    await pass(3_000);
    expect(other.notices.covers(readAt, Date.now())).toBe(true);
    expect(other.notices.covers(readAt, readAt + 10_000)).toBe(false);
  });
});
