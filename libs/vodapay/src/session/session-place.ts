import type { SealedPlace } from './secret-box.js';
import type { SessionScope } from './session-scope.js';

export type SealedColumn = 'access_token' | 'refresh_token';

/** Where a token of a session is stored. */
export function sessionPlace({ namespace, clientId }: SessionScope, rowId: string, column: SealedColumn): SealedPlace {
  return { namespace, clientId, table: 'vodapay_session', rowId, column };
}
