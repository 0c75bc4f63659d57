import type { Bridge } from './bridge.js';
import { channelBridge } from './channel-bridge.js';
import { frameChannel, type FramedWindow } from './frame-channel.js';
import { nativeBridge, type NativeMy } from './native-bridge.js';
import { shellChannel, type WebViewMy } from './shell-channel.js';

/** What is around the page. */
export interface Surroundings {
  /** `globalThis.my`, whatever it is. */
  readonly my: unknown;
  readonly window: FramedWindow;
  /** The one origin whose page may show this one in a frame; null where there is none. */
  readonly embeddedBy: string | null;
  readonly newId: () => string;
}

/** The way to VodaPay from here; undefined in an ordinary browser, where nobody can be asked. */
export function findBridge({ my, window, embeddedBy, newId }: Surroundings): Bridge | undefined {
  if (can<NativeMy>(my, 'getAuthCode')) return nativeBridge(my);
  if (can<WebViewMy>(my, 'postMessage')) return channelBridge(shellChannel(my), newId);
  const isFramed = window.parent !== (window as unknown);
  if (isFramed && embeddedBy !== null) return channelBridge(frameChannel(window, embeddedBy), newId);
  return undefined;
}

function can<T>(my: unknown, method: keyof T): my is T {
  return typeof my === 'object' && my !== null && typeof (my as T)[method] === 'function';
}
