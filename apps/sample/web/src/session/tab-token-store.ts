import type { TokenStore } from './token-store.js';

const KEY = 'session-token';

/** The part of `sessionStorage` that is used. */
export interface TabStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * Keeps the token as long as the tab. In memory alone it would be gone whenever the wallet's app reloads the page, which
 * it does at will; in localStorage it would outlive the customer on a phone that is handed on. Where the browser lends no
 * storage, memory has to do.
 */
export function tabTokenStore(storage: () => TabStorage): TokenStore {
  let kept: string | undefined;
  const attempt = <T>(act: () => T): T | undefined => {
    try {
      return act();
    } catch {
      return undefined;
    }
  };
  return {
    read: () => kept ?? attempt(() => storage().getItem(KEY)) ?? undefined,
    keep: (token) => {
      kept = token;
      attempt(() => storage().setItem(KEY, token));
    },
    drop: () => {
      kept = undefined;
      attempt(() => storage().removeItem(KEY));
    },
  };
}
