import type { KeyObject } from 'node:crypto';
import { VodaPayError } from '../../errors/vodapay-error.js';
import { keyedHash } from './keyed-hash.js';
import type { LinkAttemptRepository } from './link-attempt.repository.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How often what may be done, counted over all tickets (R6). A time in milliseconds, sliding. */
const ATTEMPT_LIMITS = Object.freeze({
  /** Codes typed, per identity and account (`-` while no account is known). */
  try: { times: 5, withinMs: HOUR_MS },
  /** Codes typed, per account, whoever types. */
  'try-of-account': { times: 10, withinMs: DAY_MS },
  /** Codes sent, per identity and account. */
  send: { times: 3, withinMs: HOUR_MS },
  /** Codes sent to an account, whoever asks: nobody's mailbox is flooded through us. */
  'send-to-account': { times: 10, withinMs: DAY_MS },
  /** Link codes shown to an account. */
  'link-code': { times: 10, withinMs: DAY_MS },
});

export type AttemptLimit = keyof typeof ATTEMPT_LIMITS;

/**
 * Counts tries by claiming slots: five tries are five rows, and the primary key or a compare-and-set decides who gets
 * one. Nothing is counted first and written then, so parallel tries in many processes stay below the limit too.
 */
export class AttemptLimits {
  constructor(
    private readonly attempts: LinkAttemptRepository,
    private readonly key: KeyObject,
    private readonly now: () => number,
  ) {}

  /**
   * Counts one try. Returns how many are left.
   *
   * @param whom who is limited, e.g. namespace, user id and account id
   * @throws VodaPayError VODAPAY_TOO_MANY_ATTEMPTS with the time after which a slot is free
   */
  async count(limit: AttemptLimit, ...whom: readonly string[]): Promise<number> {
    const scope = keyedHash(this.key, `limit:${limit}`, ...whom);
    const { times, withinMs } = ATTEMPT_LIMITS[limit];
    // Whoever loses every free slot to others finds none free in the next round.
    for (let round = 0; round <= times; round += 1) {
      const taken = await this.attempts.slotsOf(scope);
      const now = this.now();
      const free = Array.from({ length: times }, (_, slot) => slot).filter((slot) => (taken.get(slot) ?? 0) <= now);
      if (free.length === 0) throw tooMany(Math.min(...taken.values()) - now);
      for (const [index, slot] of free.entries()) {
        if (await this.take(scope, slot, now, now + withinMs, taken.has(slot))) return free.length - index - 1;
      }
    }
    throw tooMany(withinMs / times);
  }

  purgeExpired(): Promise<void> {
    return this.attempts.purgeExpired(this.now());
  }

  private take(scope: string, slot: number, now: number, until: number, hasRow: boolean): Promise<boolean> {
    return hasRow ? this.attempts.takeExpired(scope, slot, until, now) : this.attempts.takeNew(scope, slot, until);
  }
}

function tooMany(retryAfterMs: number): VodaPayError {
  return new VodaPayError('VODAPAY_TOO_MANY_ATTEMPTS', { retryAfterMs });
}
