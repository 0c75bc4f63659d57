import { VodaPayError } from '../errors/vodapay-error.js';
import { errorType } from '../telemetry/error-type.js';
import { tellLog } from '../telemetry/tell-log.js';
import type { AccountDirectory } from './account-directory.js';
import { accountIdText } from './account-id.js';
import { askDirectory } from './ask-directory.js';
import { conflictWords } from './conflict-words.js';
import type { FirstLoginResult } from './first-login-result.js';
import type { LinkJournal } from './change/link-journal.js';
import type { ProfileSync } from './profile-sync.js';
import { ReservationLease } from './reservation-lease.js';
import { isActive, type AccountLink, type VodaPayAccountLinkRepository } from './vodapay-account-link.repository.js';
import type { VodaPayProfile } from './vodapay-profile.js';

/** How long the merchant's `create` may take before the login gives up waiting for it. Milliseconds. */
const CREATE_WITHIN_MS = 30_000;

/** What the merchant answered. */
type Creation =
  { readonly kind: 'account'; readonly accountId: string } | { readonly kind: 'conflict'; readonly words: string };

/** From a reservation to an active link: the merchant's `create`, and what follows from its answer. */
export class AccountCreation {
  constructor(
    private readonly links: VodaPayAccountLinkRepository,
    private readonly directory: AccountDirectory<string | number>,
    private readonly journal: LinkJournal,
    private readonly profileSync: ProfileSync,
    private readonly now: () => number,
  ) {}

  /**
   * `conflict`: the merchant can make no account; the reservation is gone. Undefined when the reservation is gone and
   * somebody else reserves the identity: the caller looks again.
   */
  async complete(
    reservation: AccountLink,
    profile: VodaPayProfile,
    reason: 'first-login' | 'declined',
  ): Promise<FirstLoginResult | 'conflict' | undefined> {
    const lease = new ReservationLease(this.links, reservation, this.now);
    const creation = await this.create(reservation.id, profile).catch(async (error: unknown) => {
      await this.tidy(this.links.abandon(reservation.id, await lease.stop()));
      throw error;
    });
    const seen = await lease.stop();
    switch (creation.kind) {
      case 'account':
        return this.activate(reservation, creation.accountId, reason);
      case 'conflict':
        await this.tidy(this.links.release(reservation.id, seen));
        tellLog('vodapay.directory.conflict', { words: conflictWords(creation.words) });
        return 'conflict';
    }
  }

  private async create(idempotencyKey: string, profile: VodaPayProfile): Promise<Creation> {
    const { directory } = this;
    const given = this.profileSync.forCreate(profile);
    const create = async () => readCreation(await directory.create(given, { idempotencyKey }), directory);
    return askDirectory(create, CREATE_WITHIN_MS);
  }

  /** Somebody who took over may have been faster: what is stored stays. Both got the same account by the key. */
  private async activate(
    reservation: AccountLink,
    accountId: string,
    reason: 'first-login' | 'declined',
  ): Promise<FirstLoginResult | undefined> {
    const { id, namespace, clientId, vodapayUserId: userId } = reservation;
    const change = this.journal.plan({ kind: 'linked', actor: 'user', reason }, { namespace, userId });
    if (!(await this.links.activate(id, accountId, change))) {
      const stored = await this.links.findById(id);
      if (isActive(stored)) return { link: stored, outcome: 'existing' };
      const restored = await this.links.restore({ id, namespace, clientId, userId, now: change.at }, accountId, change);
      if (!restored) return undefined;
    }
    await this.journal.tellLinked(id, change);
    return created(reservation, accountId, change.at);
  }

  /** The login's own outcome counts; what stays behind here the next login takes over. */
  private async tidy(work: Promise<unknown>): Promise<void> {
    await work.catch((error: unknown) => {
      tellLog('vodapay.link.reservation-left', { code: errorType(error) });
    });
  }
}

function created(reservation: AccountLink, accountId: string, now: number): FirstLoginResult {
  return { link: { ...reservation, state: 'active', accountId, linkedAt: now, updatedAt: now }, outcome: 'created' };
}

function readCreation(answer: unknown, directory: AccountDirectory<string | number>): Creation {
  if (typeof answer === 'object' && answer !== null) {
    if ('id' in answer) return { kind: 'account', accountId: accountIdText(answer.id, directory) };
    if ('conflict' in answer) return { kind: 'conflict', words: String(answer.conflict) };
  }
  throw new VodaPayError('VODAPAY_ACCOUNT_DIRECTORY_FAILED', {
    message: 'AccountDirectory.create returned neither { id } nor { conflict }.',
  });
}
