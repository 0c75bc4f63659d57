import { beforeEach, describe, expect, it, vi } from 'vitest';

interface Bridge {
  getAuthCode(request: {
    readonly scopes: readonly string[];
    readonly success: (answer: { readonly authCode: string }) => void;
    readonly fail: (failure: { readonly error: string }) => void;
  }): void;
}

const BRIDGE = new URL('../../apps/sample/page/my.js', import.meta.url).href;

/** What the page's script sees of its window: messages in, and the page around it. */
const listeners = new Set<(event: { readonly source: unknown; readonly data: unknown }) => void>();
const wallet = { postMessage: vi.fn() };
const receive = (source: unknown, data: unknown): void =>
  [...listeners].forEach((listener) => listener({ source, data }));

describe('my.getAuthCode in a frame of the local wallet', () => {
  beforeEach(() => {
    listeners.clear();
    wallet.postMessage.mockReset();
    vi.stubGlobal('parent', wallet);
    vi.stubGlobal('addEventListener', (_: string, listener: never) => listeners.add(listener));
    vi.stubGlobal('removeEventListener', (_: string, listener: never) => listeners.delete(listener));
  });

  it('asks the page around it and hands on the code of its answer', async () => {
    const { asked, success } = await ask();
    receive(wallet, { vodapay: 'authCode', id: asked.id, authCode: 'the-code' });

    expect(asked).toEqual({ vodapay: 'getAuthCode', id: expect.any(String), scopes: ['auth_base'] });
    expect(success).toHaveBeenCalledExactlyOnceWith({ authCode: 'the-code' });
    expect(listeners.size).toBe(0);
  });

  it('tells when the user cancels', async () => {
    const { asked, success, fail } = await ask();
    receive(wallet, { vodapay: 'authCode', id: asked.id, error: 'cancelled' });

    expect(fail).toHaveBeenCalledExactlyOnceWith({ error: 'cancelled' });
    expect(success).not.toHaveBeenCalled();
  });

  it('hears nobody but the page around it, and no answer to another question', async () => {
    const { asked, success, fail } = await ask();
    receive({ other: 'window' }, { vodapay: 'authCode', id: asked.id, authCode: 'planted' });
    receive(wallet, { vodapay: 'authCode', id: 'another', authCode: 'planted' });
    receive(wallet, undefined);

    expect(success).not.toHaveBeenCalled();
    expect(fail).not.toHaveBeenCalled();
  });

  it('is absent where no page is around it, and leaves the one that VodaPay brings', async () => {
    vi.stubGlobal('parent', globalThis);
    expect(await load()).toBeUndefined();

    const real = { getAuthCode: () => {} };
    vi.stubGlobal('my', real);
    expect(await load()).toBe(real);
    vi.unstubAllGlobals();
  });
});

async function load(): Promise<Bridge | undefined> {
  vi.resetModules();
  return ((await import(/* @vite-ignore */ BRIDGE)) as { readonly my: Bridge | undefined }).my;
}

async function ask() {
  const success = vi.fn();
  const fail = vi.fn();
  const my = await load();
  my?.getAuthCode({ scopes: ['auth_base'], success, fail });
  const asked = wallet.postMessage.mock.calls[0]?.[0] as { readonly id: string };
  return { asked, success, fail };
}
