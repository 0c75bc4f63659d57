import type { Channel } from './channel.js';

/** The part of `window` that a page in a frame needs. */
export interface FramedWindow {
  readonly parent: { postMessage(message: unknown, origin: string): void };
  addEventListener(type: 'message', listener: (event: FrameMessage) => void): void;
  removeEventListener(type: 'message', listener: (event: FrameMessage) => void): void;
}

export interface FrameMessage {
  readonly source: unknown;
  readonly origin: string;
  readonly data: unknown;
}

/** The channel to the page around this frame, if it is of that origin: no other page hears or is heard. */
export function frameChannel(window: FramedWindow, origin: string): Channel {
  return {
    send: (message) => window.parent.postMessage(message, origin),
    listen: (heard) => {
      const listener = ({ source, origin: from, data }: FrameMessage): void => {
        if (source === window.parent && from === origin) heard(data);
      };
      window.addEventListener('message', listener);
      return () => window.removeEventListener('message', listener);
    },
  };
}
