import type { DataSource } from 'typeorm';
import type { ResolvedVodaPayOptions } from '../../vodapay.options.js';
import type { LinkChanges } from '../change/link-changes.js';
import type { LinkSessions } from '../link-sessions.js';
import type { VodaPayAccountLinkRepository } from '../vodapay-account-link.repository.js';
import { AttemptLimits } from './attempt-limits.js';
import { LinkAttemptRepository } from './link-attempt.repository.js';
import { LinkCodeRepository } from './link-code.repository.js';
import { LinkProofs } from './link-proofs.js';
import { LinkTicketRepository } from './link-ticket.repository.js';
import type { TicketSeal } from './ticket-seal.js';

type Options = Pick<ResolvedVodaPayOptions, 'accounts' | 'linking' | 'namespace' | 'clientId' | 'correlationKey'>;

/** The proofs of one instance of the module. */
export function createLinkProofs(
  dataSource: DataSource,
  links: VodaPayAccountLinkRepository,
  changes: LinkChanges,
  sessions: LinkSessions,
  seal: TicketSeal,
  { accounts, linking, namespace, clientId, correlationKey }: Options,
  now: () => number,
): LinkProofs {
  return new LinkProofs({
    links,
    changes,
    sessions,
    seal,
    tickets: new LinkTicketRepository(dataSource),
    codes: new LinkCodeRepository(dataSource),
    limits: new AttemptLimits(new LinkAttemptRepository(dataSource), correlationKey, now),
    directory: accounts,
    sender: linking.proofSender,
    merchantName: linking.merchantName,
    namespace,
    clientId,
    correlationKey,
    now,
  });
}
