import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { VodaPayError } from '../errors/vodapay-error.js';
import { VodaPayInquiryService, type CallOptions } from '../inquiry/vodapay-inquiry.service.js';
import { CLOCK_TOLERANCE_MS } from '../linking/clock-tolerance.js';
import type { VodaPayTokens } from '../protocol/vodapay-tokens.js';
import type { SealedTokens, StoredSession } from '../session/live-session.js';
import { SecretBox } from '../session/secret-box.js';
import { sessionPlace, type SealedColumn } from '../session/session-place.js';
import { VodaPaySessionRepository } from '../session/vodapay-session.repository.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { VODAPAY_CLOCK, VODAPAY_MONOTONIC_CLOCK, VODAPAY_OPTIONS } from '../vodapay.tokens.js';

/** How much longer than the wallet's whole deadline a refresh lease lives: time to store the answer. */
const STORING_MS = 5_000;

/** How often a process looks whether another one's refresh has ended. */
const POLL_MS = 50;

/** The wallet's tokens beside a session: sealed, opened, refreshed at most once. */
@Injectable()
export class SessionTokens {
  constructor(
    private readonly inquiry: VodaPayInquiryService,
    private readonly repository: VodaPaySessionRepository,
    private readonly box: SecretBox,
    @Inject(VODAPAY_OPTIONS) private readonly options: ResolvedVodaPayOptions,
    @Inject(VODAPAY_CLOCK) private readonly now: () => number,
    @Inject(VODAPAY_MONOTONIC_CLOCK) private readonly monotonicMs: () => number,
  ) {}

  async seal(sessionId: string, tokens: VodaPayTokens): Promise<SealedTokens> {
    const seal = (column: SealedColumn, secret: string): Promise<string> =>
      this.askBox(() => this.box.seal(secret, sessionPlace(this.options, sessionId, column)));
    return {
      accessToken: await seal('access_token', tokens.accessToken),
      accessTokenExpiresAt: tokens.accessTokenExpiresAt ?? null,
      refreshToken: tokens.refreshToken === undefined ? null : await seal('refresh_token', tokens.refreshToken),
      refreshTokenExpiresAt: tokens.refreshTokenExpiresAt ?? null,
    };
  }

  accessTokenOf(session: StoredSession): Promise<string> {
    return this.open(session, 'access_token', session.accessToken);
  }

  /** The access token that another process has got, or is getting, since the session was read; undefined: none. */
  async refreshedElsewhere(session: StoredSession): Promise<string | undefined> {
    const current = await this.repository.findById(session.id);
    if (current === undefined) return undefined;
    if (current.tokenVersion > session.tokenVersion) return this.accessTokenOf(current);
    return current.refreshLeaseUntil === null ? undefined : this.awaitRefresh(session);
  }

  /**
   * A new access token for the session. Over all processes at most one refresh is sent, and none is repeated: a lost
   * answer means a new sign-in (PROTOCOL §3). Throws VODAPAY_REAUTHENTICATION_REQUIRED.
   */
  async refresh(session: StoredSession, { correlationId }: CallOptions = {}): Promise<string> {
    const refreshToken = await this.open(session, 'refresh_token', session.refreshToken);
    const { id, tokenVersion } = session;
    const until = this.now() + this.leaseMs;
    if (!(await this.repository.leaseRefresh(id, tokenVersion, until))) return this.awaitRefresh(session);
    const tokens = await this.inquiry.refreshToken(refreshToken, { correlationId }).catch(async (error: unknown) => {
      if (isSurelyUnspent(error)) {
        await this.repository.releaseRefresh(id, tokenVersion);
        throw error;
      }
      await this.repository.loseRefresh(id, tokenVersion, until);
      throw signInAgain(error);
    });
    const sealed = await this.seal(id, { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken });
    await this.repository.storeRefreshed(id, tokenVersion, sealed);
    return tokens.accessToken;
  }

  private get leaseMs(): number {
    return this.options.timeoutMs + STORING_MS;
  }

  /**
   * Another process refreshes: its result is read from the row. A lease that ran out without one is a lost answer, but
   * the lease's end is by the other's clock: who has waited for a whole lease knows, and lets it run out for everybody.
   */
  private async awaitRefresh(session: StoredSession): Promise<string> {
    const latest = this.monotonicMs() + this.leaseMs;
    for (;;) {
      const current = await this.repository.findById(session.id);
      if (current === undefined) throw new VodaPayError('VODAPAY_SESSION_INVALID');
      if (current.tokenVersion > session.tokenVersion) return this.accessTokenOf(current);
      const { refreshLeaseUntil: until } = current;
      if (until === null) throw new VodaPayError('VODAPAY_UNREACHABLE');
      if (until + CLOCK_TOLERANCE_MS <= this.now()) throw signInAgain();
      if (this.monotonicMs() >= latest) {
        await this.repository.loseRefresh(session.id, session.tokenVersion, until);
        throw signInAgain();
      }
      await delay(POLL_MS);
    }
  }

  private async open({ id }: StoredSession, column: SealedColumn, sealed: string | null): Promise<string> {
    if (sealed === null) throw signInAgain();
    return this.askBox(() => this.box.open(sealed, sessionPlace(this.options, id, column)));
  }

  /** A key service that fails is an outage, no verdict on the session. */
  private async askBox(ask: () => Promise<string>): Promise<string> {
    try {
      return await ask();
    } catch (error) {
      throw error instanceof VodaPayError
        ? error
        : new VodaPayError('VODAPAY_KEY_SERVICE_UNAVAILABLE', { cause: error });
    }
  }
}

/** A refusal that only the wallet's own, verified word or an unsent request can give leaves the refresh token usable. */
function isSurelyUnspent(error: unknown): boolean {
  if (!(error instanceof VodaPayError)) return false;
  if (error.neverSent) return true;
  const spent = error.code === 'VODAPAY_REFRESH_TOKEN_INVALID' || error.code === 'VODAPAY_UNKNOWN_EXCEPTION';
  return error.verified && error.stage === 'wallet' && !spent;
}

/**
 * The session can't be confirmed any more. It ends only if a verified answer to the refresh says so (R9); after a lost or
 * unsigned one it is refused, since its lease is used up and the refresh is never repeated.
 */
function signInAgain(cause?: unknown): VodaPayError {
  return new VodaPayError('VODAPAY_REAUTHENTICATION_REQUIRED', {
    message: 'The access token of this session has expired and could not be refreshed. Sign in again.',
    verified: cause instanceof VodaPayError && cause.verified,
    cause,
  });
}
