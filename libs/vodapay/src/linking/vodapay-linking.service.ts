import { Inject, Injectable } from '@nestjs/common';
import { VodaPayError } from '../errors.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { VODAPAY_CLOCK, VODAPAY_OPTIONS } from '../vodapay.tokens.js';
import type { AccountDirectory, AccountStatus } from './account-directory.js';
import { nativeAccountId } from './account-id.js';
import { askDirectory } from './ask-directory.js';
import { FirstLogin } from './first-login.js';
import type { FirstLoginResult } from './first-login-result.js';
import type { LinkLogin } from './link-login.js';
import { readAccountStatus } from './read-account-status.js';
import { SingleFlight } from './single-flight.js';
import { untilAborted } from './until-aborted.js';
import { isActive, VodaPayAccountLinkRepository } from './vodapay-account-link.repository.js';
import type { VodaPayProfile } from './vodapay-profile.js';

/** A login that found or made its account. */
export interface LinkedLogin {
  readonly link: {
    readonly id: string;
    /** The merchant's account id, as text. */
    readonly accountId: string;
    /** Epoch milliseconds. */
    readonly linkedAt: number;
  };
  /** `created`: this login made the account. */
  readonly outcome: 'created' | 'existing';
  readonly account: AccountStatus;
}

/** Links VodaPay users to the merchant's accounts. The rules: `docs/linking.md`. */
@Injectable()
export class VodaPayLinkingService {
  private readonly directory: AccountDirectory<string | number>;
  private readonly firstLogin: FirstLogin;
  private readonly firstLogins = new SingleFlight<FirstLoginResult>();

  constructor(
    private readonly links: VodaPayAccountLinkRepository,
    @Inject(VODAPAY_OPTIONS) options: Pick<ResolvedVodaPayOptions, 'accounts' | 'linking'>,
    @Inject(VODAPAY_CLOCK) now: () => number,
  ) {
    this.directory = options.accounts;
    this.firstLogin = new FirstLogin(links, options.accounts, options.linking.policy, now);
  }

  /**
   * The account of a VodaPay user who has just proven who she is. A returning user costs one read; a first login makes
   * the account once, however many come in parallel and over however many processes (I1).
   *
   * @param options.signal stops this caller's waiting; a first login under way still ends well
   * @throws VodaPayError VODAPAY_LINK_ORPHANED, VODAPAY_ACCOUNT_DISABLED, VODAPAY_ACCOUNT_EXISTS,
   * VODAPAY_ACCOUNT_DIRECTORY_FAILED, VODAPAY_STORE_UNAVAILABLE, VODAPAY_STORE_FAILED, VODAPAY_REQUEST_ABORTED,
   * VODAPAY_USER_ID_UNUSABLE
   */
  async linkAtLogin(
    login: LinkLogin,
    profile: VodaPayProfile,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<LinkedLogin> {
    const known = await untilAborted(this.links.findByIdentity(login), signal);
    const { link, outcome } = isActive(known)
      ? { link: known, outcome: 'existing' as const }
      : await this.loginFirst(login, profile, known, signal);
    const account = await untilAborted(this.mustBeActive(link.accountId), signal);
    return { link: { id: link.id, accountId: link.accountId, linkedAt: link.linkedAt }, outcome, account };
  }

  /** The account's status; refused with VODAPAY_LINK_ORPHANED when it is gone (R16), VODAPAY_ACCOUNT_DISABLED (R24). */
  async mustBeActive(accountId: string): Promise<AccountStatus> {
    const id = nativeAccountId(accountId, this.directory);
    const account = readAccountStatus(await askDirectory(() => this.directory.find(id)));
    if (account === undefined) throw new VodaPayError('VODAPAY_LINK_ORPHANED');
    switch (account.state) {
      case 'active':
        return account;
      case 'disabled':
        throw new VodaPayError('VODAPAY_ACCOUNT_DISABLED');
    }
  }

  private async loginFirst(
    login: LinkLogin,
    profile: VodaPayProfile,
    known: Parameters<FirstLogin['run']>[2],
    signal: AbortSignal | undefined,
  ): Promise<FirstLoginResult> {
    const key = JSON.stringify([login.namespace, login.userId]);
    const { result, leads } = this.firstLogins.run(key, () => this.firstLogin.run(login, profile, known));
    const { link, outcome } = await untilAborted(result, signal);
    return { link, outcome: leads ? outcome : 'existing' };
  }
}
