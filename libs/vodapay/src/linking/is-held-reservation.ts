import { OLD_AFTER_MS } from './decide-link.js';
import type { AccountLink } from './vodapay-account-link.repository.js';

/** Whether a first login may be making an account for this row, as far as its stamp tells. `now`: epoch milliseconds. */
export function isHeldReservation(
  { state, updatedAt }: Pick<AccountLink, 'state' | 'updatedAt'>,
  now: number,
): boolean {
  return state === 'reserved' && updatedAt !== 0 && now - updatedAt <= OLD_AFTER_MS;
}
