import type { LinkChange } from '../../libs/vodapay/src/linking/change/link-change.js';
import type { VodaPayAccountLinkRepository } from '../../libs/vodapay/src/linking/vodapay-account-link.repository.js';

interface StoredLink {
  readonly id: string;
  readonly namespace: string;
  readonly clientId: string;
  readonly userId: string;
  readonly accountId: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Stores an active link, as a first login leaves it behind, without one. */
export async function storeLink(
  links: VodaPayAccountLinkRepository,
  { accountId, at, ...identity }: StoredLink,
): Promise<void> {
  const change: LinkChange = {
    id: identity.id,
    kind: 'linked',
    actor: 'user',
    reason: 'first-login',
    policy: 'create',
    identityHash: 'hash',
    fromAccountId: null,
    at,
  };
  if (!(await links.restore({ ...identity, now: at }, accountId, change)))
    throw new Error('The user has a link already.');
}
