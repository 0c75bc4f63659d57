import { nativeAccountId } from '../account-id.js';
import { askDirectory } from '../ask-directory.js';
import type { VodaPayIdentity } from '../vodapay-account-link.repository.js';
import type { LinkProofContext } from './link-proof-context.js';

/**
 * R5: whoever proved the mailbox is the owner now; who was there before must prove himself again. Ends the account's link
 * codes, what they have brought under way, the links that were made without this proof, every session, and at last what
 * the application knows of. Every step may be repeated.
 */
export async function dropUnproven(
  { changes, codes, tickets, sessions, directory, namespace }: LinkProofContext,
  accountId: string,
  identity: VodaPayIdentity,
): Promise<void> {
  const account = { namespace, accountId };
  await codes.endOfAccount(account);
  await tickets.endByLinkCodes(account);
  const { ended, kept } = await changes.endUnproven(accountId, identity);
  await sessions.endByAccount(accountId);
  // Those of other instances with this namespace.
  for (const { id } of kept) await sessions.endByLinkAndAccount(id, accountId);
  const id = nativeAccountId(accountId, directory);
  await askDirectory(async () => directory.dropUnprovenCredentials?.(id));
  for (const { at } of ended) await changes.announce({ kind: 'unlinked', accountId, at });
}
