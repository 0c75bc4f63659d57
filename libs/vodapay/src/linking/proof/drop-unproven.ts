import { nativeAccountId } from '../account-id.js';
import { askDirectory } from '../ask-directory.js';
import type { VodaPayIdentity } from '../vodapay-account-link.repository.js';
import type { LinkProofContext } from './link-proof-context.js';

/**
 * R5: whoever proved the mailbox is the owner now; who was there before must prove himself again. Ends the links that were
 * made without this proof, every session, what the application knows of, and at last the account's link codes with what
 * they have brought under way: until the application's own sessions have ended, more of those may come. Every step may be
 * repeated.
 */
export async function dropUnproven(
  { changes, codes, tickets, sessions, directory, namespace }: LinkProofContext,
  accountId: string,
  identity: VodaPayIdentity,
): Promise<void> {
  const account = { namespace, accountId };
  const { ended, kept } = await changes.endUnproven(accountId, identity);
  await sessions.endByAccount(accountId);
  // Those of other instances with this namespace.
  for (const { id } of kept) await sessions.endByLinkAndAccount(id, accountId);
  const id = nativeAccountId(accountId, directory);
  await askDirectory(async () => directory.dropUnprovenCredentials?.(id));
  await codes.endOfAccount(account);
  await tickets.endByLinkCodes(account);
  for (const { at } of ended) await changes.announce({ kind: 'unlinked', accountId, at });
}
