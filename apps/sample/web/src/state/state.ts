import type { Links, Me } from '../api/answers.js';
import type { Delivery } from '../api/refusal.js';

/** Where the customer is. What belongs to one place only exists there. */
export type Place =
  | { readonly kind: 'browsing' }
  /** There is a session from before the page was loaded; whose it is has not been read yet. */
  | { readonly kind: 'resuming' }
  /** An account may be hers: a code proves it. */
  | { readonly kind: 'proving'; readonly ticket: string; readonly delivery: Exclude<Delivery, 'approval'> }
  /** Her link code was right; now she approves at the website. */
  | { readonly kind: 'awaiting-approval'; readonly ticket: string; readonly code: string }
  | { readonly kind: 'signed-in'; readonly me: Me; readonly links: Links; readonly asksToUnlink: boolean };

/** What the page is doing right now. */
export type Work = 'signing-in' | 'resuming' | 'proving' | 'declining' | 'saving' | 'unlinking' | 'signing-out';

export interface Notice {
  readonly tone: 'good' | 'plain' | 'bad';
  readonly text: string;
}

export interface State {
  readonly place: Place;
  readonly work: Work | undefined;
  readonly notice: Notice | undefined;
  readonly isOnline: boolean;
  /** Whether VodaPay is around the page; undefined until that is known. */
  readonly hasBridge: boolean | undefined;
}
