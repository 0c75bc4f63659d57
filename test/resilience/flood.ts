/** Logins that come at an even rate, whatever became of those before. */
export interface Flood {
  /** The merchant's address. */
  readonly url: string;
  readonly logins: number;
  readonly overMs: number;
}

/** What a user of it saw. */
export interface FloodedLogin {
  readonly authCode: string;
  readonly tookMs: number;
  /** 0: the connection was lost, `code` telling how. */
  readonly status: number;
  readonly code: string | undefined;
  readonly next: string | undefined;
  readonly retryAfter: string | undefined;
}
