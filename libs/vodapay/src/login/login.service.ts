import { Inject, Injectable } from '@nestjs/common';
import { VodaPayInquiryService } from '../inquiry/vodapay-inquiry.service.js';
import { VodaPayLinkingService, type LinkedLogin } from '../linking/vodapay-linking.service.js';
import type { VodaPayProfile } from '../linking/vodapay-profile.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { VODAPAY_OPTIONS } from '../vodapay.tokens.js';
import { afterSpentCode } from './after-spent-code.js';
import type { AuthenticationRequirements, CredentialKind, CredentialSources } from './credentials.js';
import {
  toPrincipal,
  type HiddenFromPrincipal,
  type VodaPayPrincipal,
  type VodaPayPrincipalSession,
} from './principal.js';
import { profileOf } from './profile.js';
import { readCredentials } from './read-credentials.js';
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
  ) {}

  /** Who the request belongs to, or a VodaPayError that says why nobody. */
  async authenticate(
    sources: CredentialSources,
    { credentials = ['session', 'accessToken'], revalidate = true }: AuthenticationRequirements = {},
  ): Promise<VodaPayPrincipal> {
    const accepted = credentials.filter((kind) => this.isSwitchedOn(kind));
    const { kind, value } = readCredentials(sources, accepted);
    return this.ways[kind](value, revalidate);
  }

  private async byAuthCode(authCode: string): Promise<VodaPayPrincipal> {
    const tokens = await this.inquiry.applyToken(authCode).catch((error: unknown) => {
      throw afterSpentCode(error, { unlessNeverSent: true });
    });
    try {
      const profile = profileOf(await this.inquiry.inquiryUserInfo(tokens.accessToken));
      const login = await this.link(profile);
      const { token, ...session } = await this.sessions.open(tokens, login.link);
      return this.principalOf(login, 'authCode', { profile, sessionToken: token }, session);
    } catch (error) {
      throw afterSpentCode(error);
    }
  }

  private async byAccessToken(accessToken: string): Promise<VodaPayPrincipal> {
    const profile = profileOf(await this.inquiry.inquiryUserInfo(accessToken));
    return this.principalOf(await this.link(profile), 'accessToken', { profile });
  }

  private link(profile: VodaPayProfile): Promise<LinkedLogin> {
    const { namespace, clientId } = this.options;
    return this.linking.linkAtLogin({ namespace, clientId, userId: profile.userId }, profile);
  }

  private principalOf(
    { link, outcome, account }: LinkedLogin,
    credential: CredentialKind,
    hidden: HiddenFromPrincipal & { readonly profile: VodaPayProfile },
    session?: VodaPayPrincipalSession,
  ): VodaPayPrincipal {
    const { namespace, clientId } = this.options;
    const { id: linkId, accountId, linkedAt } = link;
    const { userId } = hidden.profile;
    const identity = { accountId, linkId, userId, namespace, clientId, linkedAt };
    const login = { ...identity, credential, outcome, missing: account.missing };
    return toPrincipal(session === undefined ? login : { ...login, session }, hidden);
  }

  private isSwitchedOn(kind: CredentialKind): boolean {
    return kind !== 'accessToken' || this.options.credentials.accessToken;
  }
}
