/** A user of the wallet. */
export interface WalletUser {
  readonly userId: string;
  /** What is special about the user, one line for the page. */
  readonly about: string;
  /** The profile with every field; what leaves the wallet is cut down to the granted scopes. Odd profiles are on purpose. */
  readonly userInfo: Readonly<Record<string, unknown>>;
  /** What the user shares at most, whatever was consented to; without it, everything. */
  readonly scopes?: readonly string[];
}

/** 1 to 64 printable ASCII characters, no blanks. */
export function isUserId(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]{1,64}$/.test(value);
}
