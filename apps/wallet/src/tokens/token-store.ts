import type { Consent } from './consent.js';
import { HandleBook, type HandleEntry, type HandleLookUp } from './handle-book.js';

export interface IssuedTokens {
  readonly accessToken: string;
  /** Epoch milliseconds. */
  readonly accessTokenExpiresAt: number;
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: number;
}

/** The store as data: what a state file holds. */
export interface TokenState {
  readonly codes: readonly (readonly [string, HandleEntry])[];
  readonly accessTokens: readonly (readonly [string, HandleEntry])[];
  readonly refreshTokens: readonly (readonly [string, HandleEntry])[];
}

const CODE_LIFE_MS = 10 * 60_000;
/** VodaPay's access tokens live up to ten years, and the refresh token seen beside one ended at the same time. */
const TOKEN_LIFE_MS = 10 * 365 * 24 * 3_600_000;
const EMPTY: TokenState = { codes: [], accessTokens: [], refreshTokens: [] };

/** Codes count once, a refresh rotates both tokens. Everything is synchronous, so that of two parallel calls one wins. */
export class TokenStore {
  readonly #now: () => number;
  readonly #codes: HandleBook;
  readonly #accessTokens: HandleBook;
  readonly #refreshTokens: HandleBook;
  readonly #changed: () => void;

  constructor(now: () => number, state: TokenState = EMPTY, changed: () => void = () => {}) {
    this.#now = now;
    this.#changed = changed;
    this.#codes = new HandleBook(
      'authCode',
      { unknown: 'INVALID_CODE', used: 'USED_CODE', expired: 'EXPIRED_CODE' },
      state.codes,
    );
    this.#accessTokens = new HandleBook(
      'accessToken',
      { unknown: 'INVALID_ACCESS_TOKEN', used: 'INVALID_ACCESS_TOKEN', expired: 'EXPIRED_ACCESS_TOKEN' },
      state.accessTokens,
    );
    this.#refreshTokens = new HandleBook(
      'refreshToken',
      { unknown: 'INVALID_REFRESH_TOKEN', used: 'USED_REFRESH_TOKEN', expired: 'EXPIRED_REFRESH_TOKEN' },
      state.refreshTokens,
    );
  }

  issueCode(consent: Consent): string {
    const code = this.#codes.issue(consent, this.#now() + CODE_LIFE_MS);
    this.#changed();
    return code;
  }

  lookUpCode(code: string): HandleLookUp {
    return this.#codes.lookUp(code, this.#now());
  }

  lookUpAccessToken(token: string): HandleLookUp {
    return this.#accessTokens.lookUp(token, this.#now());
  }

  lookUpRefreshToken(token: string): HandleLookUp {
    return this.#refreshTokens.lookUp(token, this.#now());
  }

  /** Uses up a code or a refresh token that a look-up has found usable, and gives tokens for it. */
  exchange(entry: HandleEntry): IssuedTokens {
    entry.used = true;
    const expiresAt = this.#now() + TOKEN_LIFE_MS;
    const tokens = {
      accessToken: this.#accessTokens.issue(entry.consent, expiresAt),
      accessTokenExpiresAt: expiresAt,
      refreshToken: this.#refreshTokens.issue(entry.consent, expiresAt),
      refreshTokenExpiresAt: expiresAt,
    };
    this.#changed();
    return tokens;
  }

  /** Takes every token of the user back. Codes that were not used yet stay good. */
  revoke(userId: string): void {
    for (const entry of [...this.#accessTokens.ofUser(userId), ...this.#refreshTokens.ofUser(userId)]) {
      entry.revoked = true;
    }
    this.#changed();
  }

  /** Lets every access token of the user expire now; the refresh tokens stay good. */
  expire(userId: string): void {
    for (const entry of this.#accessTokens.ofUser(userId)) entry.expiresAt = Math.min(entry.expiresAt, this.#now());
    this.#changed();
  }

  state(): TokenState {
    return {
      codes: this.#codes.entries(),
      accessTokens: this.#accessTokens.entries(),
      refreshTokens: this.#refreshTokens.entries(),
    };
  }
}
