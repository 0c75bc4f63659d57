/** Keeps the session token, the only secret that the page holds for longer than one question. */
export interface TokenStore {
  read(): string | undefined;
  keep(token: string): void;
  drop(): void;
}
