import { HttpService } from '@nestjs/axios';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { firstValueFrom, tap, type Observable } from 'rxjs';
import { OPERATIONS, type Operation } from '../protocol/operations.js';
import { readTokens } from '../protocol/read-tokens.js';
import { readUserInfo } from '../protocol/read-user-info.js';
import type { SuccessfulAnswer } from '../protocol/successful-answer.js';
import type { VodaPayTokens } from '../protocol/vodapay-tokens.js';
import type { VodaPayUserInfo } from '../protocol/vodapay-user-info.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { VODAPAY_CLOCK, VODAPAY_OPTIONS } from '../vodapay.tokens.js';
import { checkInput } from './check-input.js';
import { AuthCodeInput, InquiryInput, RefreshTokenInput } from './inquiry-inputs.js';
import { logAttempt, outcomeOf } from './log-attempt.js';
import { repeatWithinDeadline } from './repeat-within-deadline.js';
import { authCodeBody, inquiryBody, refreshTokenBody } from './request-bodies.js';
import { signedCall } from './signed-call.js';
import { switchesVerificationOff } from './switches-verification-off.js';
import { untilAborted } from './until-aborted.js';
import { WalletKeyRing } from './wallet-key-ring.js';

export interface CallOptions {
  /** Cancels the call, also while it waits for its next attempt: VODAPAY_REQUEST_ABORTED. */
  readonly signal?: AbortSignal | undefined;
}

export interface InquiryOptions extends CallOptions {
  /** JSON as a string, at most 4096 characters, no line breaks. */
  readonly extendInfo?: string | undefined;
}

/**
 * The signed calls to the wallet: sign → send → verify → read. Every failure is a `VodaPayError`, save a wrong
 * `extendInfo`, which is a `TypeError`.
 *
 * @example
 * const { accessToken } = await inquiry.applyToken(authCode);
 * const { userId } = await inquiry.inquiryUserInfo(accessToken);
 */
@Injectable()
export class VodaPayInquiryService {
  private readonly logger = new Logger('VodaPayInquiryService');
  private readonly ring: WalletKeyRing;

  constructor(
    private readonly http: HttpService,
    @Inject(VODAPAY_OPTIONS) private readonly options: ResolvedVodaPayOptions,
    @Inject(VODAPAY_CLOCK) private readonly now: () => number,
  ) {
    requireVerification(http);
    this.ring = new WalletKeyRing(options);
  }

  /** Who the token's user is. It only reads, so U and lost answers are asked again, up to `maxAttempts` in all. */
  async inquiryUserInfo(accessToken: string, options: InquiryOptions = {}): Promise<VodaPayUserInfo> {
    const { extendInfo, signal } = options;
    const input = checkInput(InquiryInput, { authClientId: this.options.clientId, accessToken, extendInfo });
    return readUserInfo(await this.call(OPERATIONS.inquiryUserInfo, inquiryBody(input), signal));
  }

  /** Tokens for a one-time auth code. Sent again only if it surely never left: after a lost answer the code may be used. */
  async applyToken(authCode: string, { signal }: CallOptions = {}): Promise<VodaPayTokens> {
    const input = checkInput(AuthCodeInput, { authCode });
    return readTokens(await this.call(OPERATIONS.applyToken, authCodeBody(input), signal));
  }

  /** New tokens for a refresh token, which may be used up by it. Sent again only if it surely never left. */
  async refreshToken(refreshToken: string, { signal }: CallOptions = {}): Promise<VodaPayTokens> {
    const input = checkInput(RefreshTokenInput, { refreshToken });
    return readTokens(await this.call(OPERATIONS.applyToken, refreshTokenBody(input), signal));
  }

  private call(operation: Operation, body: string, signal: AbortSignal | undefined): Promise<SuccessfulAnswer> {
    const { http, options, ring, now, logger } = this;
    const attempt = (number: number): Observable<SuccessfulAnswer> =>
      signedCall(operation, body, { http, options, ring, now }).pipe(logAttempt(logger, operation, number));
    return firstValueFrom(
      repeatWithinDeadline(operation, attempt, options).pipe(
        untilAborted(signal),
        tap({ error: (error: unknown) => logger.warn(`${operation.name} failed: ${outcomeOf(error)}`) }),
      ),
    );
  }
}

function requireVerification({ axiosRef }: HttpService): void {
  // An application's mock may have no axios instance.
  const agent: unknown = (axiosRef as HttpService['axiosRef'] | undefined)?.defaults?.httpsAgent;
  if (!switchesVerificationOff(agent)) return;
  throw new TypeError(
    'httpsAgent has rejectUnauthorized: false, but the TLS certificate of the wallet is always verified. ' +
      'For a private certificate authority, give the agent its certificate as "ca" instead.',
  );
}
