import type { Merchant, MerchantSetUp } from '../login/start-merchant.js';

/**
 * The routes that every transport of the contract has. Each tells whose request it was.
 * `known` takes auth codes of known users only, `contact` needs the scope USER_CONTACTINFO. `bare` has no decorator of ours and no guard of its own; `unguarded` and `forgotten` miss a guard by mistake.
 */
export type Route =
  | 'me'
  | 'open'
  | 'maybe'
  | 'recent'
  | 'login'
  | 'known'
  | 'contact'
  | 'twice'
  | 'bare'
  | 'unguarded'
  | 'forgotten'
  | 'contradictory';

/** A sign-in that is recent enough for the route `recent`, in milliseconds. */
export const RECENT_MS = 60_000;

/** What a request brings. */
export interface Given {
  /** The token behind `Bearer`. */
  readonly bearer?: string;
  readonly authCode?: string;
}

/** Whose request it was, or why it was refused. A failure of the application's own has status 500 and no code. */
export type Outcome =
  | { readonly user: string | null }
  | { readonly statusCode: number; readonly code?: string | undefined; readonly next?: string | undefined };

/** A merchant with one way to call it. */
export interface Transport {
  readonly merchant: Merchant;
  call(route: Route, given?: Given): Promise<Outcome>;
  close(): Promise<void>;
}

export interface TransportUnderTest {
  readonly name: string;
  /** Whether a message can bring an auth code: a stream of events is only asked for. */
  readonly takesAuthCodes: boolean;
  /** `global`: with the guard installed for all routes as APP_GUARD. */
  start(setUp: MerchantSetUp & { readonly global: boolean }): Promise<Transport>;
}

/** What a refusal says, whatever carried it. */
export function outcomeOf(body: unknown): Outcome {
  const { statusCode = 500, code, next, user } = (body ?? {}) as Readonly<Record<string, never>>;
  return user === undefined ? { statusCode, code, next } : { user };
}
