/** What an account can lack. */
export type Detail = 'displayName' | 'email';

export interface Account {
  readonly id: string;
  readonly displayName: string | null;
  readonly email: string | null;
  readonly missing: readonly Detail[];
}

export interface Me {
  readonly account: Account;
  readonly vodaPay: { readonly userId: string; readonly linkedAt: number };
}

/** How an account came to its session. */
export type Outcome = 'created' | 'existing' | 'linked';

export interface Login {
  readonly session: { readonly token: string };
  readonly account: Pick<Account, 'id'>;
  readonly outcome: Outcome;
}

interface Link {
  readonly id: string;
  readonly userId: string;
  readonly linkedAt: number;
}

export interface LinkEvent {
  readonly id: string;
  readonly kind: 'linked' | 'moved' | 'unlinked';
  readonly reason: string;
  readonly happenedAt: number;
}

export interface Links {
  readonly links: readonly Link[];
  readonly events: readonly LinkEvent[];
}
