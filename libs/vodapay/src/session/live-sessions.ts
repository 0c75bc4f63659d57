import { Inject, Injectable } from '@nestjs/common';
import { Subject, type Observable } from 'rxjs';
import { CLOCK_TOLERANCE_MS } from '../linking/clock-tolerance.js';
import { onceKnown } from '../once-known.js';
import type { SessionEndReason } from '../telemetry/attributes.js';
import { errorType } from '../telemetry/error-type.js';
import { NO_TELEMETRY } from '../telemetry/no-telemetry.js';
import { Telemetry } from '../telemetry/telemetry.js';
import { tellLog } from '../telemetry/tell-log.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { VODAPAY_CLOCK, VODAPAY_OPTIONS } from '../vodapay.tokens.js';
import { isAlive, SEEN_EVERY_MS } from './is-alive.js';
import type { LiveSession, SessionInUse } from './live-session.js';
import { SessionCache } from './session-cache.js';
import type { SessionEnd } from './session-end.js';
import { SessionNotices } from './session-notices.js';
import { VodaPaySessionRepository } from './vodapay-session.repository.js';

/** The sessions as requests meet them: found by token through the cache, and ended so that this process knows at once. */
@Injectable()
export class LiveSessions {
  /** Sessions that this process has ended, after their rows are gone. */
  readonly ended$: Observable<SessionEnd>;
  private readonly ends = new Subject<SessionEnd>();
  private readonly cache: SessionCache;
  /** As long as the cache holds a session unpacked, its requests share one object. */
  private readonly known = new WeakMap<LiveSession, SessionInUse>();
  private readonly stamping = new Set<string>();

  constructor(
    private readonly repository: VodaPaySessionRepository,
    @Inject(VODAPAY_OPTIONS) private readonly options: ResolvedVodaPayOptions,
    @Inject(VODAPAY_CLOCK) private readonly now: () => number,
    private readonly telemetry: Telemetry = NO_TELEMETRY,
    private readonly notices: SessionNotices = new SessionNotices(),
  ) {
    this.ended$ = this.ends.asObservable();
    this.cache = new SessionCache(options.session, undefined, telemetry, notices);
    notices.listen((end) => this.forget(end));
  }

  /** The session of a token, unless it has expired, was idle too long, or lost its link; at once if it is in the cache. */
  find(tokenHash: string): SessionInUse | undefined | Promise<SessionInUse | undefined> {
    const found = this.cache.find(tokenHash, () => this.repository.findByToken(tokenHash));
    return onceKnown(found, (session) => this.inUse(session, tokenHash));
  }

  private inUse(session: LiveSession | undefined, tokenHash: string): SessionInUse | undefined {
    if (session === undefined || !this.isAlive(session)) return undefined;
    const known = this.known.get(session);
    if (known !== undefined) return known;
    const inUse = { ...session, tokenHash };
    this.known.set(session, inUse);
    return inUse;
  }

  /**
   * Those of the sessions that would still serve a request, asked past the cache: by id, the hash of the token that each
   * serves under now. At most `MANY_SESSIONS` ids.
   */
  async aliveAmong(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const sessions = await this.repository.findMany(ids);
    return new Map(sessions.filter((session) => this.isAlive(session)).map(({ id, tokenHash }) => [id, tokenHash]));
  }

  isAlive(session: LiveSession): boolean {
    return isAlive(session, this.options.session.idleMs, this.now());
  }

  /** Stamps that the session was used: off the request's path, at most once a minute. */
  noteUse({ id, lastSeenAt, tokenHash }: SessionInUse): void {
    const now = this.now();
    const isNoted = now - lastSeenAt < SEEN_EVERY_MS && lastSeenAt - now <= CLOCK_TOLERANCE_MS;
    if (isNoted || this.stamping.has(id)) return;
    this.stamping.add(id);
    this.repository
      .markSeen(id, now)
      .then(() => this.cache.refresh(tokenHash))
      .catch((error: unknown) => {
        tellLog('vodapay.session.not-stamped', { code: errorType(error) });
      })
      .finally(() => this.stamping.delete(id));
  }

  /** Lets the next request read the session's row again. */
  refresh({ tokenHash }: SessionInUse): void {
    this.cache.refresh(tokenHash);
  }

  /** Notes that the wallet confirmed the user, and with which scopes (packed). */
  async confirm({ id, tokenHash }: SessionInUse, scopes: number): Promise<void> {
    await this.repository.confirm(id, this.now(), scopes);
    this.cache.refresh(tokenHash);
  }

  /** Gives the session another token; false when it is gone. */
  async replaceToken(id: string, tokenHash: string): Promise<boolean> {
    const end: SessionEnd = { kind: 'session', sessionId: id };
    const replaced = await this.answered(end, this.repository.replaceToken(id, tokenHash));
    await this.tell(end);
    return replaced;
  }

  async end(sessionId: string, reason: SessionEndReason = 'asked'): Promise<void> {
    await this.ended({ kind: 'session', sessionId }, reason, this.repository.end(sessionId));
  }

  endByAccount(accountId: string): Promise<number> {
    return this.ended({ kind: 'account', accountId }, 'account', this.repository.endByAccount(accountId));
  }

  endByLink(linkId: string): Promise<number> {
    return this.ended({ kind: 'link', linkId }, 'link', this.repository.endByLink(linkId));
  }

  /** Ends what was opened through this link for this account: the link is gone or moved. */
  endByLinkAndAccount(linkId: string, accountId: string): Promise<number> {
    return this.ended({ kind: 'link', linkId }, 'link', this.repository.endByLinkAndAccount(linkId, accountId));
  }

  /**
   * The id of a session to come. Where the account's sessions are counted it follows all that it has: the one just opened
   * must not count as the oldest because this process' clock is behind.
   */
  newId(accountId: string, now: number): string | Promise<string> {
    const { maxPerAccount } = this.options.session;
    return maxPerAccount === undefined ? this.repository.newId(now) : this.repository.newestId(accountId, now);
  }

  /** Keeps the account's newest sessions, as many as `session.maxPerAccount` says, and ends the others. */
  async endSurplus(accountId: string): Promise<void> {
    const { maxPerAccount } = this.options.session;
    if (maxPerAccount === undefined) return;
    const end: SessionEnd = { kind: 'account', accountId };
    const ended = await this.answered(end, this.repository.endSurplus(accountId, maxPerAccount));
    if (this.told('surplus', ended) > 0) await this.tell(end);
  }

  /** Counts what ended. */
  told(reason: SessionEndReason, ended: number): number {
    if (ended > 0) this.telemetry.counter('sessionsEnded', { 'vodapay.session.end': reason })(ended);
    return ended;
  }

  /** Counted, forgotten here, told to those who hold sockets, then to the other processes. */
  private async ended(end: SessionEnd, reason: SessionEndReason, ending: Promise<number>): Promise<number> {
    const ended = this.told(reason, await this.answered(end, ending));
    const telling = this.tell(end);
    this.ends.next(end);
    await telling;
    return ended;
  }

  /** A change that failed may have happened, its answer being lost: it is told too, which costs a read where it hasn't. */
  private async answered<T>(end: SessionEnd, change: Promise<T>): Promise<T> {
    try {
      return await change;
    } catch (error) {
      await this.tell(end).catch(() => undefined);
      throw error;
    }
  }

  private async tell(end: SessionEnd): Promise<void> {
    this.forget(end);
    return this.notices.tell(end);
  }

  private forget(end: SessionEnd): void {
    switch (end.kind) {
      case 'session':
        return this.cache.forget(end.sessionId);
      case 'account':
        return this.cache.forgetAccount(end.accountId);
      case 'link':
        return this.cache.forgetLink(end.linkId);
    }
  }
}
