import { Inject, Injectable } from '@nestjs/common';
import { VodaPayError } from '../errors/vodapay-error.js';
import { onceKnown } from '../once-known.js';
import { packScopes, unpackScopes } from '../protocol/pack-scopes.js';
import type { VodaPayScope } from '../protocol/scopes.js';
import type { VodaPayTokens } from '../protocol/vodapay-tokens.js';
import type { SessionInUse } from '../session/live-session.js';
import { LiveSessions } from '../session/live-sessions.js';
import { pooledRandomBytes } from '../session/pooled-random-bytes.js';
import { hashSessionToken, newSessionToken } from '../session/session-token.js';
import { VodaPaySessionRepository } from '../session/vodapay-session.repository.js';
import { NO_TELEMETRY } from '../telemetry/no-telemetry.js';
import { Telemetry } from '../telemetry/telemetry.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { VODAPAY_CLOCK, VODAPAY_OPTIONS } from '../vodapay.tokens.js';
import { toPrincipal, type VodaPayPrincipal } from './principal.js';
import { SessionRevalidation } from './session-revalidation.js';
import { SessionTokens } from './session-tokens.js';

/** The link that a session is opened for. */
interface SessionLink {
  readonly id: string;
  readonly accountId: string;
}

export interface OpenedSession {
  readonly id: string;
  /** Absolute end, epoch milliseconds. */
  readonly expiresAt: number;
  /** `vps_…`: stored nowhere, given to its user once. */
  readonly token: string;
}

/** Signs in by session: opens one after a login, and resumes it on later requests. */
@Injectable()
export class SessionSignIn {
  /** As long as requests share a session's object they share its principal, which is frozen. */
  private readonly principals = new WeakMap<SessionInUse, VodaPayPrincipal>();
  private readonly tokenHashes = new WeakMap<VodaPayPrincipal, string>();

  constructor(
    private readonly repository: VodaPaySessionRepository,
    private readonly sessions: LiveSessions,
    private readonly tokens: SessionTokens,
    private readonly revalidation: SessionRevalidation,
    @Inject(VODAPAY_OPTIONS) private readonly options: ResolvedVodaPayOptions,
    @Inject(VODAPAY_CLOCK) private readonly now: () => number,
    private readonly telemetry: Telemetry = NO_TELEMETRY,
  ) {}

  /** Opens a session for the link and keeps the wallet's tokens sealed beside it. */
  async open(walletTokens: VodaPayTokens, link: SessionLink, scopes: readonly VodaPayScope[]): Promise<OpenedSession> {
    const now = this.now();
    const token = newSessionToken(pooledRandomBytes);
    const id = await this.sessions.newId(link.accountId, now);
    const expiresAt = now + this.options.session.lifetimeMs;
    const opened = await this.repository.open({
      id,
      tokenHash: hashSessionToken(token),
      linkId: link.id,
      accountId: link.accountId,
      createdAt: now,
      expiresAt,
      scopes: packScopes(scopes),
      ...(await this.tokens.seal(id, walletTokens)),
    });
    if (!opened) throw linkIsGone();
    this.telemetry.counter('sessionsOpened', {})();
    await this.sessions.endSurplus(link.accountId);
    return { id, expiresAt, token };
  }

  /** Ends a session that was just opened and may not be. */
  end(sessionId: string): Promise<void> {
    return this.sessions.end(sessionId, 'account');
  }

  /** Of the token that the principal's request brought or was given, as stored; undefined for a principal made elsewhere. */
  tokenHashOf(principal: VodaPayPrincipal): string | undefined {
    const token = principal.session?.token;
    return token === undefined ? this.tokenHashes.get(principal) : hashSessionToken(token);
  }

  /**
   * The principal of a live session; at once if it was read a moment ago and is fresh. Asks the wallet again where the
   * session is due, unless told not to. Throws or rejects with a VodaPayError.
   */
  resume(token: string, { revalidate = true } = {}): VodaPayPrincipal | Promise<VodaPayPrincipal> {
    return onceKnown(this.sessions.find(hashSessionToken(token)), (session) => this.serve(session, revalidate));
  }

  private serve(session: SessionInUse | undefined, revalidate: boolean): VodaPayPrincipal | Promise<VodaPayPrincipal> {
    if (session === undefined) throw new VodaPayError('VODAPAY_SESSION_INVALID');
    return onceKnown(revalidate ? this.revalidation.ensure(session) : session, (confirmed) => {
      this.sessions.noteUse(confirmed);
      return this.principalOf(confirmed);
    });
  }

  private principalOf(session: SessionInUse): VodaPayPrincipal {
    const known = this.principals.get(session);
    if (known !== undefined) return known;
    const { namespace, clientId } = this.options;
    const { id, createdAt, expiresAt, linkId, accountId, userId, linkedAt, scopes } = session;
    const principal = toPrincipal({
      accountId,
      linkId,
      userId,
      namespace,
      clientId,
      linkedAt,
      authenticatedAt: createdAt,
      credential: 'session',
      scopes: unpackScopes(scopes),
      session: { id, expiresAt },
    });
    this.principals.set(session, principal);
    this.tokenHashes.set(principal, session.tokenHash);
    return principal;
  }
}

/** Somebody unlinked, moved or erased the user between her link being read and this. */
function linkIsGone(): VodaPayError {
  return new VodaPayError('VODAPAY_REAUTHENTICATION_REQUIRED', {
    message: 'The link of this sign-in was removed or moved meanwhile. Get a new auth code and sign in again.',
  });
}
