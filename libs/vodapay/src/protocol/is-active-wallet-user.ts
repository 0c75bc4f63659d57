import type { VodaPayUserInfo } from './vodapay-user-info.js';

const REFUSED: ReadonlySet<string> = new Set(['FROZEN', 'INACTIVE']);

/** Whether the wallet user may sign in. A status that is absent (no scope grants it) or unknown does not stop anybody. */
export function isActiveWalletUser({ status }: Pick<VodaPayUserInfo, 'status'>): boolean {
  return !REFUSED.has((status ?? '').trim().toUpperCase());
}
