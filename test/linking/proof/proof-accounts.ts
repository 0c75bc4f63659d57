import type { AccountCandidate } from '../../../libs/vodapay/src/linking/account-directory.js';
import { LinkNotifier, type LinkNotice } from '../../../libs/vodapay/src/linking/link-notifier.js';
import { LinkProofSender, type LinkProof } from '../../../libs/vodapay/src/linking/proof/link-proof-sender.js';
import type { VodaPayProfile } from '../../../libs/vodapay/src/linking/vodapay-profile.js';
import { recordSecret } from '../../leaks/record-secret.js';
import { MemoryAccounts } from '../memory-accounts.js';

/** A merchant who has users: accounts by e-mail, verified or not, some with a password. */
export class ProofAccounts extends MemoryAccounts {
  readonly contacts = new Map<string, { readonly email: string; readonly verified: boolean }>();
  /** Accounts with a password that was set by somebody who hasn't proven the contact. */
  readonly unproven = new Set<string>();
  readonly dropped: string[] = [];
  /** What `findCandidates` answers instead of looking. */
  candidates: readonly AccountCandidate[] | undefined;

  override async findCandidates(profile: VodaPayProfile): Promise<readonly AccountCandidate[]> {
    if (this.candidates !== undefined) return this.candidates;
    const matches = [...this.contacts].filter(([, { email, verified }]) => verified && email === profile.email);
    return matches.map(([id]) => ({ id, contact: 'email', contactVerified: true }) as const);
  }

  override async dropUnprovenCredentials(id: string): Promise<void> {
    this.dropped.push(id);
    this.unproven.delete(id);
  }

  register(id: string, email: string, { verified = true } = {}): string {
    this.contacts.set(id, { email, verified });
    return this.add(id);
  }
}

/** Keeps what was sent. */
export class Outbox extends LinkProofSender {
  readonly sent: LinkProof[] = [];
  failure: Error | undefined;
  /** What the mail server waits for. */
  beforeSend: () => Promise<unknown> = () => Promise.resolve();

  async send(proof: LinkProof): Promise<void> {
    recordSecret('link code', proof.code);
    await this.beforeSend();
    if (this.failure !== undefined) throw this.failure;
    this.sent.push(proof);
  }

  get lastCode(): string {
    return this.sent.at(-1)?.code ?? '';
  }
}

export class Notices extends LinkNotifier {
  readonly notices: LinkNotice[] = [];

  async notify(notice: LinkNotice): Promise<void> {
    this.notices.push(notice);
  }
}
