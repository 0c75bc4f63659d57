import type { KeyObject } from 'node:crypto';
import type { AccountDirectory } from '../account-directory.js';
import type { VodaPayAccountLinkRepository } from '../vodapay-account-link.repository.js';
import type { LinkJournal } from '../change/link-journal.js';
import type { LinkNotifier } from '../link-notifier.js';
import type { AttemptLimits } from './attempt-limits.js';
import type { LinkCodeRepository } from './link-code.repository.js';
import type { LinkProofSender } from './link-proof-sender.js';
import type { LinkTicketRepository } from './link-ticket.repository.js';
import type { TicketSeal } from './ticket-seal.js';

/** How long a ticket or a code is good for (R6). Milliseconds. */
export const PROOF_LIFETIME_MS = 600_000;

/** Ends the sessions of an account; the sessions' repository does. */
export interface AccountSessions {
  endByAccount(accountId: string): Promise<unknown>;
}

/** What the proofs of one instance of the module work with. */
export interface LinkProofContext {
  readonly tickets: LinkTicketRepository;
  readonly codes: LinkCodeRepository;
  readonly limits: AttemptLimits;
  readonly links: VodaPayAccountLinkRepository;
  readonly journal: Pick<LinkJournal, 'plan' | 'tellLinked'>;
  readonly sessions: AccountSessions;
  readonly seal: TicketSeal;
  readonly directory: AccountDirectory<string | number>;
  readonly sender: LinkProofSender<string | number> | undefined;
  readonly notifier: LinkNotifier | undefined;
  readonly namespace: string;
  readonly clientId: string;
  readonly merchantName: string;
  readonly correlationKey: KeyObject;
  readonly now: () => number;
}
