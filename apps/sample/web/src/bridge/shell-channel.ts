import type { Channel } from './channel.js';

/** What VodaPay's script gives to a page in a `<web-view>`: messages to the mini program around it, and back. */
export interface WebViewMy {
  postMessage(message: unknown): void;
  onMessage?: (message: unknown) => void;
}

/** The channel to the mini program whose `<web-view>` shows this page. `my.onMessage` has one listener, the last one. */
export function shellChannel(my: WebViewMy): Channel {
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- not the window's: it takes a message only
    send: (message) => my.postMessage(message),
    listen: (heard) => {
      my.onMessage = heard;
      return () => {
        if (my.onMessage === heard) my.onMessage = () => {};
      };
    },
  };
}
