import { beforeEach, describe, expect, it, vi } from 'vitest';
import { findBridge, type Surroundings } from '../../apps/sample/web/src/bridge/find-bridge.js';
import type { FrameMessage } from '../../apps/sample/web/src/bridge/frame-channel.js';

const WALLET = 'http://127.0.0.1:4001';
const listeners = new Set<(event: FrameMessage) => void>();
const parent = { postMessage: vi.fn() };
const framed = {
  parent,
  addEventListener: (_: 'message', listener: (event: FrameMessage) => void) => void listeners.add(listener),
  removeEventListener: (_: 'message', listener: (event: FrameMessage) => void) => void listeners.delete(listener),
};

beforeEach(() => {
  listeners.clear();
  parent.postMessage.mockReset();
});

describe('my.getAuthCode in a frame of the local wallet', () => {
  const receive = (source: unknown, origin: string, data: unknown): void =>
    [...listeners].forEach((listener) => listener({ source, origin, data }));

  it('asks the page around it, by its origin, and hands on the code of its answer', async () => {
    const answer = bridge()?.getAuthCode(['auth_base']);
    receive(parent, WALLET, { vodapay: 'authCode', id: 'id-1', authCode: 'the-code' });

    const question = { vodapay: 'getAuthCode', id: 'id-1', scopes: ['auth_base'] };
    expect(parent.postMessage).toHaveBeenCalledExactlyOnceWith(question, WALLET);
    expect(await answer).toEqual({ kind: 'code', authCode: 'the-code' });
    expect(listeners.size).toBe(0);
  });

  it.each([
    ['cancelled', 'cancelled'],
    ['failed', 'failed'],
    [undefined, 'failed'],
  ])('tells what came instead of a code: %s', async (error, kind) => {
    const answer = bridge()?.getAuthCode(['auth_user']);
    receive(parent, WALLET, { vodapay: 'authCode', id: 'id-1', error });
    expect(await answer).toEqual({ kind });
  });

  it('hears no other window, no other origin, and no answer to another question', async () => {
    const answer = bridge()?.getAuthCode(['auth_base']);
    const planted = { vodapay: 'authCode', id: 'id-1', authCode: 'planted' };
    receive({ other: 'window' }, WALLET, planted);
    receive(parent, 'https://evil.example', planted);
    receive(parent, WALLET, { ...planted, id: 'another' });
    receive(parent, WALLET, { ...planted, vodapay: 'getAuthCode' });
    receive(parent, WALLET, undefined);
    receive(parent, WALLET, { vodapay: 'authCode', id: 'id-1', authCode: 'right' });

    expect(await answer).toEqual({ kind: 'code', authCode: 'right' });
  });

  it('gives up on a page that never answers', async () => {
    vi.useFakeTimers();
    const answer = bridge()?.getAuthCode(['auth_base']);
    vi.advanceTimersByTime(300_000);
    vi.useRealTimers();
    expect(await answer).toEqual({ kind: 'failed' });
    expect(listeners.size).toBe(0);
  });

  it('is absent where no page is around it, and where the server allows none', () => {
    const alone = { ...framed, parent: undefined as unknown as typeof parent };
    (alone as { parent: unknown }).parent = alone;
    expect(bridge({ window: alone })).toBeUndefined();
    expect(bridge({ embeddedBy: null })).toBeUndefined();
  });
});

describe('my.getAuthCode in the app of the wallet', () => {
  it.each([
    [(my: Callbacks) => my.success({ authCode: 'the-code', authSuccessScopes: ['auth_user'] }), 'code'],
    [(my: Callbacks) => my.success({ authErrorScopes: { auth_user: '10001' } }), 'failed'],
    [(my: Callbacks) => my.fail({ error: 11, errorMessage: 'USER_CANCEL' }), 'cancelled'],
    [(my: Callbacks) => my.fail({ error: '1001' }), 'cancelled'],
    [(my: Callbacks) => my.fail({ error: 3 }), 'failed'],
    [(my: Callbacks) => my.fail(undefined), 'failed'],
  ])('uses the one that is in the page: %o', async (act, kind) => {
    const my = { getAuthCode: act };
    expect((await bridge({ my })?.getAuthCode(['auth_user']))?.kind).toBe(kind);
    expect(parent.postMessage).not.toHaveBeenCalled();
  });

  it('asks the mini program around the web view, over my.postMessage', async () => {
    const my: { postMessage: (message: unknown) => void; onMessage?: (message: unknown) => void } = {
      postMessage: vi.fn<(message: unknown) => void>(),
    };
    const answer = bridge({ my })?.getAuthCode(['auth_user']);
    my.onMessage?.({ vodapay: 'authCode', id: 'id-1', authCode: 'the-code' });

    expect(my.postMessage).toHaveBeenCalledExactlyOnceWith({
      vodapay: 'getAuthCode',
      id: 'id-1',
      scopes: ['auth_user'],
    });
    expect(await answer).toEqual({ kind: 'code', authCode: 'the-code' });
  });
});

interface Callbacks {
  readonly success: (answer: unknown) => void;
  readonly fail: (failure: unknown) => void;
}

function bridge(given: Partial<Surroundings> = {}) {
  return findBridge({ my: undefined, window: framed, embeddedBy: WALLET, newId: () => 'id-1', ...given });
}
