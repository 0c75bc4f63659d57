import type { AccountKey } from '../account-key.js';
import { isActive, type AccountLink, type ActiveAccountLink } from '../vodapay-account-link.repository.js';

/** Whether the link opens this account: equal ids of two namespaces are two accounts (R14). */
export function isLinkOf<Link extends AccountLink>(
  link: Link | undefined,
  { namespace, accountId }: AccountKey,
): link is Link & ActiveAccountLink {
  return isActive(link) && link.namespace === namespace && link.accountId === accountId;
}
