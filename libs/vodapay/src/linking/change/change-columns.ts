import type { LinkChange } from './link-change.js';

/** The columns of a link's row that tell its last change; `updated_at` tells when. */
export const CHANGE_COLUMNS =
  'change_id, change_kind, change_actor, change_reason, change_policy, change_from_account_id, identity_hash';

/** In the order of CHANGE_COLUMNS. */
export function changeValues(change: LinkChange) {
  const { id, kind, actor, reason, policy, fromAccountId, identityHash } = change;
  return [id, kind, actor, reason, policy, fromAccountId, identityHash] as const;
}

/** `a, b` → `a = ?, b = ?`. */
export function setAll(columns: string): string {
  return columns
    .split(', ')
    .map((column) => `${column} = ?`)
    .join(', ');
}
