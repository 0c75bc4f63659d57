import { Inject, Injectable } from '@nestjs/common';
import { VodaPayError } from '../errors.js';
import { VodaPayInquiryService } from '../inquiry/vodapay-inquiry.service.js';
import { VodaPayLinkingService, type LinkedLogin, type ResumedLogin } from '../linking/vodapay-linking.service.js';
import type { VodaPayProfile } from '../linking/vodapay-profile.js';
import type { VodaPayTokens } from '../protocol/vodapay-tokens.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { VODAPAY_CLOCK, VODAPAY_OPTIONS } from '../vodapay.tokens.js';
import { afterSpentCode } from './after-spent-code.js';
import type { AuthenticationRequirements, CredentialKind, CredentialSources } from './credentials.js';
import { mustBeFresh } from './must-be-fresh.js';
import {
  toPrincipal,
  type HiddenFromPrincipal,
  type VodaPayPrincipal,
  type VodaPayPrincipalSession,
} from './principal.js';
import { profileOf } from './profile.js';
import { findCredentials, readCredentials } from './read-credentials.js';
import { readCarriedTokens } from './read-carried-tokens.js';
import { SessionSignIn } from './session-sign-in.js';

/** The way of a login: credentials → inquiry → profile → linking → principal. Read this file first. */
@Injectable()
export class VodaPayLoginService {
  private readonly ways: {
    readonly [K in CredentialKind]: (value: string, revalidate: boolean) => Promise<VodaPayPrincipal>;
  } = {
    authCode: (authCode) => this.byAuthCode(authCode),
    accessToken: (accessToken) => this.byAccessToken(accessToken),
    session: (token, revalidate) => this.sessions.resume(token, { revalidate }),
  };

  constructor(
    private readonly inquiry: VodaPayInquiryService,
    private readonly linking: VodaPayLinkingService,
    private readonly sessions: SessionSignIn,
    @Inject(VODAPAY_OPTIONS) private readonly options: ResolvedVodaPayOptions,
    @Inject(VODAPAY_CLOCK) private readonly now: () => number,
  ) {}

  /**
   * Who the request belongs to, or a VodaPayError that says why nobody. `undefined` only where the route is optional and
   * the request brings no credentials.
   */
  async authenticate(
    sources: CredentialSources,
    requirements: AuthenticationRequirements = {},
  ): Promise<VodaPayPrincipal | undefined> {
    const {
      credentials = ['session', 'accessToken'],
      optional = false,
      revalidate = true,
      freshWithinMs,
    } = requirements;
    const accepted = credentials.filter((kind) => this.isSwitchedOn(kind));
    const found = optional ? findCredentials(sources, accepted) : readCredentials(sources, accepted);
    if (found === undefined) return undefined;
    const principal = await this.ways[found.kind](found.value, revalidate);
    if (freshWithinMs !== undefined) mustBeFresh(principal, freshWithinMs, this.now());
    return principal;
  }

  /**
   * Goes on with a login that was refused with VODAPAY_LINK_PROOF_REQUIRED: links the account that ticket and code prove,
   * and signs in to it (`outcome: 'linked'`). Throws as `VodaPayLinkingService.confirm`.
   */
  async confirm({ ticket, code }: { readonly ticket: string; readonly code: string }): Promise<VodaPayPrincipal> {
    return this.resume(await this.linking.confirm(ticket, code));
  }

  /** The same with a fresh account instead of the one found. Throws as `VodaPayLinkingService.decline`. */
  async decline(ticket: string): Promise<VodaPayPrincipal> {
    return this.resume(await this.linking.decline(ticket));
  }

  /** Asks the application anew. Throws VODAPAY_PROFILE_INCOMPLETE with what is missing, and as `mustBeActive`. */
  async mustBeComplete(accountId: string): Promise<void> {
    const { missing } = await this.linking.mustBeActive(accountId);
    if (missing.length > 0) throw new VodaPayError('VODAPAY_PROFILE_INCOMPLETE', { refusal: { missing } });
  }

  private async byAuthCode(authCode: string): Promise<VodaPayPrincipal> {
    const tokens = await this.inquiry.applyToken(authCode).catch((error: unknown) => {
      throw afterSpentCode(error, { unlessNeverSent: true });
    });
    try {
      const profile = profileOf(await this.inquiry.inquiryUserInfo(tokens.accessToken));
      return await this.open(await this.link(profile, tokens), 'authCode', profile, tokens);
    } catch (error) {
      throw afterSpentCode(error);
    }
  }

  private async byAccessToken(accessToken: string): Promise<VodaPayPrincipal> {
    const profile = profileOf(await this.inquiry.inquiryUserInfo(accessToken));
    return this.principalOf(await this.link(profile, { accessToken }), 'accessToken', { profile });
  }

  private resume(login: ResumedLogin): Promise<VodaPayPrincipal> {
    return this.open(login, 'linkTicket', login.profile, readCarriedTokens(login.carried));
  }

  private async open(
    login: LinkedLogin,
    credential: VodaPayPrincipal['credential'],
    profile: VodaPayProfile,
    tokens: VodaPayTokens,
  ): Promise<VodaPayPrincipal> {
    if (!this.options.sessions) return this.principalOf(login, credential, { profile });
    const { token, ...session } = await this.sessions.open(tokens, login.link);
    return this.principalOf(login, credential, { profile, sessionToken: token }, session);
  }

  /** If an account must be proven first, the tokens wait sealed in the link ticket. */
  private link(profile: VodaPayProfile, tokens: Partial<VodaPayTokens>): Promise<LinkedLogin> {
    const { namespace, clientId } = this.options;
    return this.linking.linkAtLogin({ namespace, clientId, userId: profile.userId }, profile, {
      carried: JSON.stringify(tokens),
    });
  }

  private principalOf(
    { link, outcome, account }: LinkedLogin,
    credential: VodaPayPrincipal['credential'],
    hidden: HiddenFromPrincipal & { readonly profile: VodaPayProfile },
    session?: VodaPayPrincipalSession,
  ): VodaPayPrincipal {
    const { namespace, clientId } = this.options;
    const { id: linkId, accountId, linkedAt } = link;
    const { userId } = hidden.profile;
    const identity = { accountId, linkId, userId, namespace, clientId, linkedAt };
    const signedIn = credential !== 'accessToken' ? { authenticatedAt: this.now() } : {};
    const login = { ...identity, ...signedIn, credential, outcome, missing: account.missing };
    return toPrincipal(session === undefined ? login : { ...login, session }, hidden);
  }

  private isSwitchedOn(kind: CredentialKind): boolean {
    const { sessions, credentials } = this.options;
    return { authCode: true, session: sessions, accessToken: credentials.accessToken }[kind];
  }
}
