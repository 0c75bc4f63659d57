import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { VodaPayInquiryService } from '../inquiry/vodapay-inquiry.service.js';
import type { VodaPayTokens } from '../protocol/vodapay-tokens.js';
import type { VodaPayUserInfo } from '../protocol/vodapay-user-info.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { VODAPAY_MONOTONIC_CLOCK, VODAPAY_OPTIONS } from '../vodapay.tokens.js';
import type { LoginCaller } from './login-caller.js';
import { RefusedCredentials } from './refused-credentials.js';
import { SharedFlights } from './shared-flights.js';
import { SharedInquiry } from './shared-inquiry.js';

/**
 * Asks the wallet about a credential that a request brought: not at all if it has just refused it, and about an access
 * token once for all who bring it at the same time, to whichever process. An auth code is never shared: the second who
 * brings it brings a used one.
 */
@Injectable()
export class WalletCredentials {
  private readonly refused: RefusedCredentials;
  private readonly flights = new SharedFlights<VodaPayUserInfo>();

  constructor(
    private readonly inquiry: VodaPayInquiryService,
    private readonly shared: SharedInquiry,
    @Inject(VODAPAY_OPTIONS) options: ResolvedVodaPayOptions,
    @Inject(VODAPAY_MONOTONIC_CLOCK) monotonicMs: () => number,
  ) {
    this.refused = new RefusedCredentials(options.resilience.refusalsKeptMs, monotonicMs);
  }

  /** Throws as `VodaPayInquiryService.applyToken`. */
  tokensFor(authCode: string, caller: LoginCaller): Promise<VodaPayTokens> {
    return this.unlessRefused(keyOf('auth code', authCode), () => this.inquiry.applyToken(authCode, caller));
  }

  /** Throws as `VodaPayInquiryService.inquiryUserInfo`. */
  userOf(accessToken: string, { departure, correlationId }: LoginCaller): Promise<VodaPayUserInfo> {
    const key = keyOf('access token', accessToken);
    return this.unlessRefused(key, () =>
      this.flights.join(key, departure, (abandoned) =>
        this.shared.userOf(accessToken, { departure: abandoned, correlationId }),
      ),
    );
  }

  private async unlessRefused<T>(key: string, ask: () => Promise<T>): Promise<T> {
    this.refused.mustBeUntold(key);
    try {
      return await ask();
    } catch (error) {
      this.refused.note(key, error);
      throw error;
    }
  }
}

/** Stands for a credential in this process' memory, where it may not be kept itself. */
function keyOf(kind: 'auth code' | 'access token', value: string): string {
  return hash('sha256', `${kind} ${value}`, 'base64url');
}
