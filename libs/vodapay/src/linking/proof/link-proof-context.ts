import type { KeyObject } from 'node:crypto';
import type { AccountDirectory } from '../account-directory.js';
import type { VodaPayAccountLinkRepository } from '../vodapay-account-link.repository.js';
import type { LinkChanges } from '../change/link-changes.js';
import type { LinkSessions } from '../link-sessions.js';
import type { AttemptLimits } from './attempt-limits.js';
import type { LinkCodeRepository } from './link-code.repository.js';
import type { LinkProofSender } from './link-proof-sender.js';
import type { LinkTicketRepository } from './link-ticket.repository.js';
import type { TicketSeal } from './ticket-seal.js';

/** How long a ticket or a code is good for (R6). Milliseconds. */
export const PROOF_LIFETIME_MS = 600_000;

/** What the proofs of one instance of the module work with. */
export interface LinkProofContext {
  readonly tickets: LinkTicketRepository;
  readonly codes: LinkCodeRepository;
  readonly limits: AttemptLimits;
  readonly links: VodaPayAccountLinkRepository;
  readonly changes: LinkChanges;
  readonly sessions: LinkSessions;
  readonly seal: TicketSeal;
  readonly directory: AccountDirectory<string | number>;
  readonly sender: LinkProofSender<string | number> | undefined;
  readonly namespace: string;
  readonly clientId: string;
  readonly merchantName: string;
  readonly correlationKey: KeyObject;
  readonly now: () => number;
}
