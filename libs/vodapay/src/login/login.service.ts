import { Inject, Injectable } from '@nestjs/common';
import type { Departure } from '../departure.js';
import { VodaPayError } from '../errors/vodapay-error.js';
import { VodaPayInquiryService } from '../inquiry/vodapay-inquiry.service.js';
import { mustBeRecent } from '../linking/change/recent-sign-in.js';
import type { LinkedLogin, ResumedLogin } from '../linking/linked-login.js';
import { VodaPayLinkingService } from '../linking/vodapay-linking.service.js';
import type { VodaPayProfile } from '../linking/vodapay-profile.js';
import { onceKnown } from '../once-known.js';
import type { VodaPayTokens } from '../protocol/vodapay-tokens.js';
import type { VodaPayUserInfo } from '../protocol/vodapay-user-info.js';
import { correlated, underCorrelationId } from '../telemetry/correlation.js';
import { NO_TELEMETRY } from '../telemetry/no-telemetry.js';
import { Telemetry } from '../telemetry/telemetry.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { VODAPAY_CLOCK, VODAPAY_OPTIONS } from '../vodapay.tokens.js';
import type { LinkingPolicy } from '../linking/decide-link.js';
import { checkedPolicy } from './checked-policy.js';
import { afterSpentCode } from './after-spent-code.js';
import type { AuthenticationRequirements, CredentialKind, CredentialSources } from './credentials.js';
import { toPrincipal, type HiddenFromPrincipal, type VodaPayPrincipal } from './principal.js';
import { profileOf } from './profile.js';
import { logLogin } from './log-login.js';
import type { LoginCaller } from './login-caller.js';
import { findCredentials, readCredentials } from './read-credentials.js';
import { mustHaveScopes } from './must-have-scopes.js';
import { readCarriedLogin, type CarriedLogin } from './read-carried-login.js';
import { SessionSignIn } from './session-sign-in.js';
import { WalletCredentials } from './wallet-credentials.js';

/** The way of a login: credentials → inquiry → profile → linking → principal. Read this file first. */
@Injectable()
export class VodaPayLoginService {
  private readonly ways: {
    readonly [K in CredentialKind]: (
      value: string,
      asks: AuthenticationRequirements,
      departure: Departure | undefined,
    ) => VodaPayPrincipal | Promise<VodaPayPrincipal>;
  } = {
    authCode: (authCode, asks, departure) =>
      this.told('authCode', (correlationId) => this.byAuthCode(authCode, asks, { departure, correlationId })),
    accessToken: (accessToken, asks, departure) =>
      this.told('accessToken', (correlationId) => this.byAccessToken(accessToken, asks, { departure, correlationId })),
    session: (token, { revalidate = true }) => this.sessions.resume(token, { revalidate }),
  };

  private readonly switchedOn: Readonly<Record<CredentialKind, boolean>>;

  constructor(
    private readonly inquiry: VodaPayInquiryService,
    private readonly credentials: WalletCredentials,
    private readonly linking: VodaPayLinkingService,
    private readonly sessions: SessionSignIn,
    @Inject(VODAPAY_OPTIONS) private readonly options: ResolvedVodaPayOptions,
    @Inject(VODAPAY_CLOCK) private readonly now: () => number,
    private readonly telemetry: Telemetry = NO_TELEMETRY,
  ) {
    this.switchedOn = { authCode: true, session: options.sessions, accessToken: options.credentials.accessToken };
  }

  /**
   * Who the request belongs to, or a VodaPayError that says why nobody. `undefined` only where the route is optional and
   * the request brings no credentials. A client that leaves cancels what VodaPay is asked for it, and nothing that is
   * being written.
   */
  async authenticate(
    sources: CredentialSources,
    requirements: AuthenticationRequirements = {},
    departure?: Departure,
  ): Promise<VodaPayPrincipal | undefined> {
    return this.identify(sources, requirements, departure);
  }

  /** The same, at once where nobody needs to be asked: a request with a live session then makes no promise. */
  identify(
    sources: CredentialSources,
    requirements: AuthenticationRequirements = {},
    departure?: Departure,
  ): VodaPayPrincipal | undefined | Promise<VodaPayPrincipal> {
    const { credentials = USUAL, optional = false, freshWithinMs, scopes } = requirements;
    const accepted = credentials.filter((kind) => this.switchedOn[kind]);
    const found = optional ? findCredentials(sources, accepted) : readCredentials(sources, accepted);
    if (found === undefined) return undefined;
    return onceKnown(this.ways[found.kind](found.value, requirements, departure), (principal) => {
      if (freshWithinMs !== undefined) mustBeRecent(principal, freshWithinMs, this.now());
      if (scopes !== undefined) mustHaveScopes(principal, scopes);
      return principal;
    });
  }

  /**
   * Goes on with a login that was refused with VODAPAY_LINK_PROOF_REQUIRED: links the account that ticket and code prove,
   * and signs in to it (`outcome: 'linked'`). Throws as `VodaPayLinkingService.confirm`.
   */
  async confirm({ ticket, code }: { readonly ticket: string; readonly code: string }): Promise<VodaPayPrincipal> {
    return this.byTicket(() => this.linking.confirm(ticket, code));
  }

  /** The same with a fresh account instead of the one found. Throws as `VodaPayLinkingService.decline`. */
  async decline(ticket: string): Promise<VodaPayPrincipal> {
    return this.byTicket(() => this.linking.decline(ticket));
  }

  /** Of the session token that the principal came with or was given, as stored; undefined for a principal made elsewhere. */
  tokenHashOf(principal: VodaPayPrincipal): string | undefined {
    return this.sessions.tokenHashOf(principal);
  }

  /** Asks the application anew. Throws VODAPAY_PROFILE_INCOMPLETE with what is missing, and as `mustBeActive`. */
  async mustBeComplete(accountId: string): Promise<void> {
    const { missing } = await this.linking.mustBeActive(accountId);
    if (missing.length > 0) throw new VodaPayError('VODAPAY_PROFILE_INCOMPLETE', { refusal: { missing } });
  }

  private async byAuthCode(
    authCode: string,
    asks: AuthenticationRequirements,
    caller: LoginCaller,
  ): Promise<VodaPayPrincipal> {
    const policy = this.policyOf(asks);
    const { tokens, userInfo } = await this.exchange(authCode, caller);
    try {
      const { profile, scopes } = toldBy(userInfo, asks);
      const login = await this.link(profile, { ...tokens, scopes }, { policy, correlationId: caller.correlationId });
      return await this.open(login, 'authCode', profile, { tokens, scopes });
    } catch (error) {
      throw afterSpentCode(error);
    }
  }

  /**
   * Both calls may be cancelled at any time: nothing is stored yet, and tokens that nobody has seen are worth nothing to
   * anybody. The code may be spent by it, as it may by a lost answer.
   */
  private async exchange(
    authCode: string,
    caller: LoginCaller,
  ): Promise<{ readonly tokens: VodaPayTokens; readonly userInfo: VodaPayUserInfo }> {
    // The code is not spent while its second call would surely be refused.
    const endReservation = this.inquiry.reserve('inquiryUserInfo');
    try {
      const tokens = await this.credentials.tokensFor(authCode, caller).catch((error: unknown) => {
        throw afterSpentCode(error, { unlessNeverSent: true });
      });
      const call = { purpose: 'finish-sign-in', ...caller } as const;
      const userInfo = await this.inquiry.inquiryUserInfo(tokens.accessToken, call).catch((error: unknown) => {
        throw afterSpentCode(error);
      });
      return { tokens, userInfo };
    } finally {
      endReservation();
    }
  }

  private async byAccessToken(
    accessToken: string,
    asks: AuthenticationRequirements,
    caller: LoginCaller,
  ): Promise<VodaPayPrincipal> {
    const policy = this.policyOf(asks);
    const userInfo = await this.credentials.userOf(accessToken, caller);
    const { profile, scopes } = toldBy(userInfo, asks);
    const login = await this.link(profile, { accessToken, scopes }, { policy, correlationId: caller.correlationId });
    return this.principalOf(login, { credential: 'accessToken', scopes }, { profile });
  }

  private byTicket(use: () => Promise<ResumedLogin>): Promise<VodaPayPrincipal> {
    const resume = async (): Promise<VodaPayPrincipal> => {
      const login = await use();
      return this.open(login, 'linkTicket', login.profile, readCarriedLogin(login.carried));
    };
    return this.told('linkTicket', (correlationId) => correlated(resume, correlationId));
  }

  private async open(
    login: LinkedLogin,
    credential: VodaPayPrincipal['credential'],
    profile: VodaPayProfile,
    { tokens, scopes }: CarriedLogin,
  ): Promise<VodaPayPrincipal> {
    if (!this.options.sessions) return this.principalOf(login, { credential, scopes }, { profile });
    const opening = (): ReturnType<SessionSignIn['open']> => this.sessions.open(tokens, login.link, scopes);
    const { token, ...session } = await this.telemetry.span('vodapay.session.open', opening);
    await this.mustStillBeActive(login.link, session.id);
    return this.principalOf(login, { credential, scopes, session }, { profile, sessionToken: token });
  }

  /**
   * R24: whoever disabled the account after this login had asked about it has ended its sessions before this one was
   * there. Asked again, one of both sees the other.
   */
  private async mustStillBeActive({ accountId }: LinkedLogin['link'], sessionId: string): Promise<void> {
    try {
      await this.linking.mustBeActive(accountId);
    } catch (error) {
      await this.sessions.end(sessionId);
      throw error;
    }
  }

  /** If an account must be proven first, the tokens wait sealed in the link ticket. */
  private link(
    profile: VodaPayProfile,
    kept: Partial<VodaPayTokens> & Pick<CarriedLogin, 'scopes'>,
    { policy, correlationId }: { readonly policy: LinkingPolicy | undefined; readonly correlationId: string },
  ): Promise<LinkedLogin> {
    const { namespace, clientId } = this.options;
    const login = { namespace, clientId, userId: profile.userId };
    const options = { carried: JSON.stringify(kept), correlationId, ...(policy === undefined ? {} : { policy }) };
    return this.telemetry.span('vodapay.link', () => this.linking.linkAtLogin(login, profile, options));
  }

  /** Before anything is sent: a route's own mistake must not spend an auth code. */
  private policyOf({ linking }: AuthenticationRequirements): LinkingPolicy | undefined {
    return linking === undefined ? undefined : checkedPolicy(linking, this.options);
  }

  /** The login as a span and as log lines, told apart by its proof and by what became of it. */
  private told(
    credential: VodaPayPrincipal['credential'],
    login: (correlationId: string) => Promise<VodaPayPrincipal>,
  ): Promise<VodaPayPrincipal> {
    const spanned = (correlationId: string): Promise<VodaPayPrincipal> =>
      this.telemetry.span('vodapay.login', async ({ note }) => {
        note({ 'vodapay.credential': credential });
        const principal = await login(correlationId);
        if (principal.outcome !== undefined) note({ 'vodapay.outcome': principal.outcome });
        return principal;
      });
    return underCorrelationId((correlationId) =>
      logLogin({ credential, correlationId }, this.options, () => spanned(correlationId)),
    );
  }

  private principalOf(
    { link, outcome, account }: LinkedLogin,
    proven: Pick<VodaPayPrincipal, 'credential' | 'scopes' | 'session'>,
    hidden: HiddenFromPrincipal & { readonly profile: VodaPayProfile },
  ): VodaPayPrincipal {
    const { namespace, clientId } = this.options;
    const { id: linkId, accountId, linkedAt } = link;
    const { userId } = hidden.profile;
    const { credential, scopes, session } = proven;
    const { missing } = account;
    const visible = { accountId, linkId, userId, namespace, clientId, linkedAt, credential, scopes, outcome, missing };
    if (credential === 'accessToken') return toPrincipal(visible, hidden);
    const signedIn = { ...visible, authenticatedAt: this.now() };
    return toPrincipal(session === undefined ? signedIn : { ...signedIn, session }, hidden);
  }
}

/** Scopes that the route needs and the wallet didn't release are told before anything is linked. */
function toldBy(userInfo: VodaPayUserInfo, { scopes: required }: AuthenticationRequirements) {
  const profile = profileOf(userInfo);
  if (required !== undefined) mustHaveScopes(userInfo, required);
  return { profile, scopes: userInfo.scopes };
}

/** What a route takes that says nothing. */
const USUAL: readonly CredentialKind[] = ['session', 'accessToken'];
