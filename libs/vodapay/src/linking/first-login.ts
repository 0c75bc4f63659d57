import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { VodaPayError } from '../errors/vodapay-error.js';
import { AccountCreation } from './account-creation.js';
import type { AccountDirectory } from './account-directory.js';
import {
  decideLink,
  LINK_REASONS,
  type LinkDecision,
  type LinkingPolicy,
  type LinkKnowledge,
  type PendingLink,
} from './decide-link.js';
import type { LinkJournal } from './change/link-journal.js';
import type { ProfileSync } from './profile-sync.js';
import { findCandidates } from './proof/find-candidates.js';
import { ReservationWatch } from './reservation-watch.js';
import { uuidV7 } from '../store/uuid-v7.js';
import type { FirstLoginResult } from './first-login-result.js';
import type { LinkLogin } from './link-login.js';
import type { AccountLink, VodaPayAccountLinkRepository } from './vodapay-account-link.repository.js';
import type { VodaPayProfile } from './vodapay-profile.js';

/** How long a login waits for another process to make the account. Milliseconds. */
const WAIT_AT_MOST_MS = 10_000;

/** How this login came about, and what it may do. */
export interface FirstLoginWay {
  /** `create` for a user who declined the account that was found. */
  readonly policy: LinkingPolicy;
  readonly reason: 'first-login' | 'declined';
}

/**
 * The first login of a user: reserve, create, activate. The reservation's id is the idempotency key, so whoever goes on
 * after a crash continues the same account. Nobody holds a connection or a transaction while another one creates.
 */
export class FirstLogin {
  private readonly creation: AccountCreation;

  constructor(
    private readonly links: VodaPayAccountLinkRepository,
    private readonly directory: AccountDirectory<string | number>,
    private readonly policy: LinkingPolicy,
    journal: LinkJournal,
    profileSync: ProfileSync,
    private readonly now: () => number,
  ) {
    this.creation = new AccountCreation(links, directory, journal, profileSync, now);
  }

  /**
   * Ends with an account, or with the proof that is needed first; then nothing has been written.
   *
   * @param known the row that the caller has just read
   */
  async run(
    login: LinkLogin,
    profile: VodaPayProfile,
    known: AccountLink | undefined,
    way: FirstLoginWay = { policy: this.policy, reason: 'first-login' },
  ): Promise<FirstLoginResult | PendingLink> {
    const watch = new ReservationWatch();
    const startedAt = performance.now();
    let link = known;
    for (let round = 0; ; round += 1) {
      const candidates = await this.candidatesFor(link, profile, way.policy);
      const knowledge = { link, candidates, unchangedForMs: watch.unchangedForMs(link), now: this.now() };
      const result = await this.act({ login, profile, ...way }, knowledge);
      if (result !== undefined) return result;
      if (performance.now() - startedAt > WAIT_AT_MOST_MS) throw stillHeld();
      await delay(pollDelayMs(round, Math.random()));
      link = await this.links.findByIdentity(login);
    }
  }

  /** What a login would do now; asks and writes nothing but the candidates (I7). */
  async preview(login: LinkLogin, profile: VodaPayProfile): Promise<LinkDecision> {
    const link = await this.links.findByIdentity(login);
    const candidates = await this.candidatesFor(link, profile, this.policy);
    return decideLink(login, { link, candidates, unchangedForMs: 0, now: this.now() }, this.policy);
  }

  /** Asked before anything is reserved, and only where the answer decides. */
  private async candidatesFor(link: AccountLink | undefined, profile: VodaPayProfile, policy: LinkingPolicy) {
    return policy === 'ask' && link === undefined ? findCandidates(this.directory, profile) : [];
  }

  /** Decides, and carries it out; undefined when somebody else was faster or holds the reservation. */
  private async act(
    ways: FirstLoginWays,
    knowledge: LinkKnowledge,
  ): Promise<FirstLoginResult | PendingLink | undefined> {
    const { login, profile, policy, reason } = ways;
    const decision = decideLink(login, knowledge, policy);
    switch (decision.kind) {
      case 'existing':
        return { link: decision.link, outcome: 'existing' };
      case 'create': {
        const reservation = await this.take(login, decision.takeOver);
        const made = reservation && (await this.creation.complete(reservation, profile, reason));
        if (made !== 'conflict') return made;
        return this.act(ways, { ...knowledge, link: undefined, conflict: true });
      }
      case 'pending':
        return decision;
      case 'wait':
        return undefined;
      case 'refused':
        throw new VodaPayError(decision.code, { message: LINK_REASONS[decision.reason] });
    }
  }

  private async take(login: LinkLogin, abandoned: AccountLink | undefined): Promise<AccountLink | undefined> {
    const now = this.now();
    if (abandoned !== undefined) {
      const updatedAt = await this.links.takeOver(abandoned.id, abandoned.updatedAt, now);
      return updatedAt === undefined ? undefined : { ...abandoned, updatedAt };
    }
    const { namespace, userId, clientId } = login;
    const id = uuidV7(now, randomBytes(10));
    if (!(await this.links.reserve({ id, namespace, userId, clientId, now }))) return undefined;
    return {
      id,
      namespace,
      clientId,
      vodapayUserId: userId,
      accountId: null,
      state: 'reserved',
      linkedAt: null,
      updatedAt: now,
    };
  }
}

interface FirstLoginWays extends FirstLoginWay {
  readonly login: LinkLogin;
  readonly profile: VodaPayProfile;
}

/** 10, 20, 40, 80, then 100 ms, each by up to a half shorter so that waiters spread. */
function pollDelayMs(round: number, random: number): number {
  return Math.min(100, 10 * 2 ** round) * (1 - random / 2);
}

function stillHeld(): VodaPayError {
  return new VodaPayError('VODAPAY_STORE_UNAVAILABLE', {
    message: `Another login of this user has been making the account for more than ${WAIT_AT_MOST_MS} ms. Try again shortly.`,
    retryAfterMs: 1_000,
  });
}
