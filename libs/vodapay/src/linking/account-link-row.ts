import type { AccountLinkState } from './vodapay-account-link.entity.js';
import type { AccountLink } from './vodapay-account-link.repository.js';

/** A row of the links table as the drivers give it: PostgreSQL and MariaDB write bigints as text. */
export interface AccountLinkRow {
  readonly id: string;
  readonly namespace: string;
  readonly client_id: string;
  readonly vodapay_user_id: string;
  readonly account_id: string | null;
  readonly state: AccountLinkState;
  readonly linked_at: string | number | null;
  readonly updated_at: string | number;
}

export function toAccountLink(row: AccountLinkRow): AccountLink {
  return {
    id: row.id,
    namespace: row.namespace,
    clientId: row.client_id,
    vodapayUserId: row.vodapay_user_id,
    accountId: row.account_id,
    state: row.state,
    linkedAt: row.linked_at === null ? null : Number(row.linked_at),
    updatedAt: Number(row.updated_at),
  };
}
