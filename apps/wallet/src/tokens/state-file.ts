import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { TokenState } from './token-store.js';

const SAVE_AFTER_MS = 200;

/** Keeps codes and tokens over a restart of a developer's wallet. Written whole, shortly after a change and at the end. */
export class StateFile {
  readonly #path: string;
  #timer: NodeJS.Timeout | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Undefined when there is none yet. Throws a TypeError that names the variable when it cannot be read. */
  load(): TokenState | undefined {
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      if (!existsSync(this.#path)) return undefined;
      const state = JSON.parse(readFileSync(this.#path, 'utf8')) as Partial<TokenState>;
      const { codes, accessTokens, refreshTokens } = state;
      if (![codes, accessTokens, refreshTokens].every(Array.isArray)) throw new TypeError('a list is missing');
      return state as TokenState;
    } catch (cause) {
      throw new TypeError(
        'WALLET_STATE_FILE cannot be read as a state file of this wallet. Delete it or name another.',
        {
          cause,
        },
      );
    }
  }

  saveSoon(state: () => TokenState): void {
    this.#timer ??= setTimeout(() => this.saveNow(state()), SAVE_AFTER_MS).unref();
  }

  saveNow(state: TokenState): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const draft = `${this.#path}.new`;
    writeFileSync(draft, JSON.stringify(state), { mode: 0o600 });
    renameSync(draft, this.#path);
  }
}
