import type { Account, Links, Me, Outcome } from '../api/answers.js';
import type { Delivery, Refusal } from '../api/refusal.js';
import type { Work } from './state.js';

/** Everything that can happen. */
export type ShopEvent =
  | { readonly type: 'bridge-looked-for'; readonly found: boolean }
  | { readonly type: 'went-offline' }
  | { readonly type: 'came-online' }
  | { readonly type: 'work-started'; readonly work: Work }
  | { readonly type: 'work-ended' }
  | { readonly type: 'session-found' }
  | { readonly type: 'consent-cancelled' }
  | { readonly type: 'no-code-given' }
  | { readonly type: 'proof-asked'; readonly ticket: string; readonly delivery: Exclude<Delivery, 'approval'> }
  | { readonly type: 'approval-asked'; readonly ticket: string; readonly code: string }
  | { readonly type: 'account-read'; readonly me: Me; readonly links: Links; readonly outcome?: Outcome }
  | { readonly type: 'details-saved'; readonly account: Account }
  | { readonly type: 'unlink-asked' }
  | { readonly type: 'unlink-dropped' }
  | { readonly type: 'unlinked' }
  | { readonly type: 'somebody-else-signed-in' }
  | { readonly type: 'signed-out' }
  | { readonly type: 'refused'; readonly refusal: Refusal };
