import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { VodaPayError } from '../errors/vodapay-error.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { VODAPAY_CLOCK, VODAPAY_OPTIONS } from '../vodapay.tokens.js';
import { SEEN_EVERY_MS } from './is-alive.js';
import { LiveSessions } from './live-sessions.js';
import type { SessionEnd } from './session-end.js';
import { SessionReseal, type ResealOptions, type ResealReport } from './session-reseal.js';
import { hashSessionToken, newSessionToken } from './session-token.js';
import { VodaPaySessionRepository } from './vodapay-session.repository.js';

/** A session as its account's owner may see it: no token, nothing of the wallet. Times in epoch milliseconds. */
export interface VodaPaySessionInfo {
  readonly id: string;
  readonly createdAt: number;
  /** To the minute. */
  readonly lastSeenAt: number;
  /** Absolute end. */
  readonly expiresAt: number;
}

/** A session under a new token. */
export interface RotatedSession {
  readonly id: string;
  /** `vps_…`: stored nowhere, given to its user once. */
  readonly token: string;
  /** Absolute end, epoch milliseconds; a rotation doesn't move it. */
  readonly expiresAt: number;
}

/**
 * The sessions that VodaPay logins of this instance opened. Every method throws VODAPAY_STORE_UNAVAILABLE when the
 * database doesn't answer. What ends here is refused by this process at once, by others within a second.
 *
 * @example
 * await sessions.endSessions(account.id); // "sign out everywhere"
 */
@Injectable()
export class VodaPaySessionService {
  constructor(
    private readonly repository: VodaPaySessionRepository,
    private readonly live: LiveSessions,
    private readonly resealing: SessionReseal,
    @Inject(VODAPAY_OPTIONS) private readonly options: ResolvedVodaPayOptions,
    @Inject(VODAPAY_CLOCK) private readonly now: () => number,
  ) {}

  /** Tells which sessions this process has ended, so that sockets can be closed. Other processes' ends are not told. */
  get ended$(): Observable<SessionEnd> {
    return this.live.ended$;
  }

  /** Ends one session (`principal.session.id`). Ending it twice is no error. */
  end(sessionId: string): Promise<void> {
    return this.live.end(sessionId);
  }

  /** Ends all sessions of an account: call it when you disable the account or its owner signs out everywhere. */
  async endSessions(accountId: string): Promise<void> {
    await this.live.endByAccount(accountId);
  }

  /** The account's live sessions, the newest first. */
  async list(accountId: string): Promise<readonly VodaPaySessionInfo[]> {
    const sessions = await this.repository.list(accountId);
    return sessions
      .filter((session) => this.live.isAlive(session))
      .map(({ id, createdAt, lastSeenAt, expiresAt }) => Object.freeze({ id, createdAt, lastSeenAt, expiresAt }));
  }

  /**
   * Gives a session a new token and makes the former one worthless: call it when the session gains rights (a step-up, a
   * new role), so that a token that leaked before doesn't gain them too. What stays open under the former token (sockets,
   * streams) closes within about two seconds. Throws VODAPAY_SESSION_INVALID.
   */
  async rotate(sessionId: string): Promise<RotatedSession> {
    const session = await this.repository.findById(sessionId);
    const token = newSessionToken(randomBytes);
    const rotated =
      session !== undefined &&
      this.live.isAlive(session) &&
      (await this.live.replaceToken(sessionId, hashSessionToken(token)));
    if (!rotated) throw new VodaPayError('VODAPAY_SESSION_INVALID');
    return Object.freeze({ id: sessionId, token, expiresAt: session.expiresAt });
  }

  /**
   * Deletes at most `limit` sessions (1 000) that have expired or were idle too long. They are refused anyway; this keeps
   * the table small. Nothing calls it by itself: call it from a job, again while it returns `limit`.
   */
  async purgeExpired({ limit = 1_000 }: { readonly limit?: number } = {}): Promise<number> {
    const now = this.now();
    const expired = await this.repository.purgeExpired(now, limit);
    this.live.told('expired', expired);
    if (expired >= limit) return expired;
    const idle = await this.repository.purgeIdle(now - this.options.session.idleMs - SEEN_EVERY_MS, limit - expired);
    return expired + this.live.told('expired', idle);
  }

  /**
   * Seals every stored token that isn't sealed with the first key of `session.sealingKeys` anew, batch by batch. It may
   * be interrupted and called again; requests and refreshes go on meanwhile. When it reports `finished` and nothing
   * `unreadable`, the older keys may leave the configuration.
   */
  resealAll(options: ResealOptions = {}): Promise<ResealReport> {
    return this.resealing.run(options);
  }
}
