import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { VodaPayError } from '../errors/vodapay-error.js';
import type { InquiryOptions } from '../inquiry/vodapay-inquiry.service.js';
import { VodaPayLinkingService } from '../linking/vodapay-linking.service.js';
import { packScopes } from '../protocol/pack-scopes.js';
import type { VodaPayUserInfo } from '../protocol/vodapay-user-info.js';
import type { SessionInUse, StoredSession } from '../session/live-session.js';
import { LiveSessions } from '../session/live-sessions.js';
import { VodaPaySessionRepository } from '../session/vodapay-session.repository.js';
import { correlationId, underCorrelationId } from '../telemetry/correlation.js';
import { errorType } from '../telemetry/error-type.js';
import { NO_TELEMETRY } from '../telemetry/no-telemetry.js';
import { Telemetry } from '../telemetry/telemetry.js';
import { tellLog } from '../telemetry/tell-log.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { VODAPAY_CLOCK, VODAPAY_OPTIONS } from '../vodapay.tokens.js';
import { profileOf } from './profile.js';
import { revalidationVerdict } from './revalidation-verdict.js';
import { sessionFreshness } from './session-freshness.js';
import { SharedInquiry } from './shared-inquiry.js';
import { SessionTokens } from './session-tokens.js';

/** Asks the wallet again whether a session's user is still who she was. One inquiry per session at a time. */
@Injectable()
export class SessionRevalidation implements BeforeApplicationShutdown {
  /** Each ends with the scopes that count from now on, packed. */
  private readonly flights = new Map<string, Promise<number>>();
  private isClosing = false;

  constructor(
    private readonly inquiry: SharedInquiry,
    private readonly linking: VodaPayLinkingService,
    private readonly repository: VodaPaySessionRepository,
    private readonly sessions: LiveSessions,
    private readonly tokens: SessionTokens,
    @Inject(VODAPAY_OPTIONS) private readonly options: ResolvedVodaPayOptions,
    @Inject(VODAPAY_CLOCK) private readonly now: () => number,
    private readonly telemetry: Telemetry = NO_TELEMETRY,
  ) {}

  /**
   * The session as the wallet confirms it, when it may serve this request; at once where the wallet needn't be waited for.
   * Rejects with a VodaPayError when it may not.
   */
  ensure(session: SessionInUse): SessionInUse | Promise<SessionInUse> {
    const { revalidateAfterMs } = this.options.session;
    switch (sessionFreshness(this.now() - session.validatedAt, revalidateAfterMs)) {
      case 'fresh':
        return session;
      case 'ageing':
        this.askAhead(session);
        return session;
      case 'due':
        return this.askShared(session).then(
          (scopes) => ({ ...session, scopes }),
          (error: unknown) => this.serveOnOrRefuse(session, error),
        );
    }
  }

  /**
   * What a refresh that was sent brings must be stored before the database goes: its token is spent. From now on nobody
   * is asked ahead; whoever waits for an answer is waited for by the server.
   */
  async beforeApplicationShutdown(): Promise<void> {
    this.isClosing = true;
    await Promise.allSettled(this.flights.values());
  }

  private askAhead(session: SessionInUse): void {
    if (this.isClosing) return;
    this.askShared(session).catch((error: unknown) => {
      tellLog('vodapay.session.not-asked-ahead', { code: errorType(error) }, correlationId(error));
    });
  }

  private askShared(session: SessionInUse): Promise<number> {
    const running = this.flights.get(session.id);
    if (running !== undefined) return running;
    const flight = underCorrelationId((id) =>
      this.telemetry.span('vodapay.session.revalidate', () =>
        this.ask(session, { purpose: 'revalidation', correlationId: id }),
      ),
    ).finally(() => this.flights.delete(session.id));
    this.flights.set(session.id, flight);
    return flight;
  }

  /** Reads the row first: meanwhile the session may have ended, or another request or process have asked. */
  private async ask(inUse: SessionInUse, call: InquiryOptions): Promise<number> {
    const session = await this.repository.findById(inUse.id);
    if (session === undefined) throw new VodaPayError('VODAPAY_SESSION_INVALID');
    const ageMs = this.now() - session.validatedAt;
    if (sessionFreshness(ageMs, this.options.session.revalidateAfterMs) === 'fresh') {
      this.sessions.refresh(inUse);
      return session.scopes;
    }
    return this.askWallet(inUse, session, call);
  }

  private async askWallet(inUse: SessionInUse, session: StoredSession, call: InquiryOptions): Promise<number> {
    try {
      const userInfo = await this.inquire(session, call);
      this.mustBeSameUser(session, userInfo);
      await this.linking.mustBeActive(session.accountId);
      const scopes = packScopes(userInfo.scopes);
      await this.sessions.confirm(inUse, scopes);
      return scopes;
    } catch (error) {
      if (error instanceof VodaPayError) await this.conclude(session, error, call);
      throw error;
    }
  }

  /**
   * An expired access token is refreshed once, then the inquiry is made once more (PROTOCOL §4). An invalid one may be
   * what another process's refresh has just replaced: then the new one is asked with.
   */
  private async inquire(session: StoredSession, call: InquiryOptions): Promise<VodaPayUserInfo> {
    try {
      return await this.inquiry.userOf(await this.tokens.accessTokenOf(session), call);
    } catch (error) {
      const replacement = await this.replacementFor(error, session, call);
      if (replacement === undefined) throw error;
      return this.inquiry.userOf(replacement, call);
    }
  }

  private async replacementFor(
    error: unknown,
    session: StoredSession,
    call: InquiryOptions,
  ): Promise<string | undefined> {
    if (!(error instanceof VodaPayError) || !error.verified) return undefined;
    if (error.code === 'VODAPAY_ACCESS_TOKEN_EXPIRED') return this.tokens.refresh(session, call);
    return error.code === 'VODAPAY_ACCESS_TOKEN_INVALID' ? this.tokens.refreshedElsewhere(session) : undefined;
  }

  private mustBeSameUser(session: StoredSession, userInfo: VodaPayUserInfo): void {
    if (profileOf(userInfo).userId === session.userId) return;
    throw new VodaPayError('VODAPAY_REAUTHENTICATION_REQUIRED', {
      message: 'The wallet answers for another user than the one who signed in. Sign in again.',
      verified: true,
    });
  }

  /** What its failure means for the session, and for who reads the log. */
  private async conclude(
    { id: sessionId }: StoredSession,
    error: VodaPayError,
    { correlationId: id }: InquiryOptions,
  ): Promise<void> {
    const { code } = error;
    if (code === 'VODAPAY_SEALED_TOKEN_UNREADABLE') tellLog('vodapay.session.unreadable', { sessionId }, id);
    if (revalidationVerdict(error) !== 'ends') return;
    tellLog('vodapay.session.withdrawn', { sessionId, code }, id);
    await this.sessions.end(sessionId, 'withdrawn');
  }

  private serveOnOrRefuse(session: SessionInUse, error: unknown): SessionInUse {
    if (!(error instanceof VodaPayError) || revalidationVerdict(error) !== 'unanswered') throw error;
    const { revalidateAfterMs, staleIfErrorMs } = this.options.session;
    // Without its sign: after a clock went back nobody can tell how long the wallet has been silent.
    const ageMs = Math.abs(this.now() - session.validatedAt);
    if (ageMs < revalidateAfterMs + staleIfErrorMs) return session;
    throw new VodaPayError('VODAPAY_WALLET_UNAVAILABLE', {
      message: 'The wallet could not confirm this session for too long. Try again shortly.',
      cause: error,
    });
  }
}
