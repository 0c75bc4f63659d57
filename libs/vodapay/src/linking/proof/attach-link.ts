import { randomBytes } from 'node:crypto';
import { VodaPayError } from '../../errors/vodapay-error.js';
import { uuidV7 } from '../../store/uuid-v7.js';
import type { LinkChangeReason } from '../change/link-change.js';
import { isHeldReservation } from '../is-held-reservation.js';
import type { LinkLogin } from '../link-login.js';
import { isActive, type ActiveAccountLink } from '../vodapay-account-link.repository.js';
import type { LinkProofContext } from './link-proof-context.js';

/**
 * Links the identity to a proven account. The unique index decides: an identity that was linked to the same account
 * meanwhile is a success, one that was linked to another account is refused (R18), and so is one for which a first login
 * is making an account. A reservation that a first login left behind becomes this link.
 */
export async function attachLink(
  { links, changes: { journal }, now }: LinkProofContext,
  login: LinkLogin,
  accountId: string,
  reason: LinkChangeReason,
): Promise<ActiveAccountLink> {
  const change = journal.plan({ kind: 'linked', actor: 'user', reason }, login);
  const id = uuidV7(now(), randomBytes(10));
  const restored = await links.restore({ ...login, id, now: change.at }, accountId, change);
  const stored = await links.findByIdentity(login);
  const isLeftBehind = stored?.state === 'reserved' && !isHeldReservation(stored, now());
  const activated = isLeftBehind && (await links.activate(stored.id, accountId, change));
  const link = activated ? await links.findByIdentity(login) : stored;
  if (!isActive(link) || link.accountId !== accountId) throw linkedElsewhere();
  if (restored || activated) await journal.tellLinked(link.id, change);
  return link;
}

function linkedElsewhere(): VodaPayError {
  return new VodaPayError('VODAPAY_LINK_TICKET_INVALID', {
    message: 'This VodaPay user was linked to another account meanwhile. Sign in with VodaPay again.',
  });
}
