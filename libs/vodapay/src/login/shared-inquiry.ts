import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { CoordinationBoard } from '../coordination/coordination-board.js';
import { whilePresent } from '../departure.js';
import { VodaPayError } from '../errors/vodapay-error.js';
import type { VodaPayErrorCode } from '../errors/vodapay-errors.js';
import { VodaPayInquiryService, type InquiryOptions } from '../inquiry/vodapay-inquiry.service.js';
import type { VodaPayUserInfo } from '../protocol/vodapay-user-info.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { VODAPAY_COORDINATION, VODAPAY_MONOTONIC_CLOCK, VODAPAY_OPTIONS } from '../vodapay.tokens.js';

/** What stands under a token's key, sealed: somebody is asking, what she was told, or that she can't tell. */
type Told =
  | { readonly kind: 'asking' }
  | { readonly kind: 'user'; readonly userInfo: VodaPayUserInfo }
  | { readonly kind: 'refused'; readonly code: VodaPayErrorCode; readonly resultCode?: string }
  | { readonly kind: 'unknown' };

/** Milliseconds. Who asks renews her claim while she does; one that isn't renewed is of somebody who is gone. */
const CLAIM_MS = 1_000;
const RENEW_EVERY_MS = 300;
/** How long an answer is there for those of the same moment: as long as a session that was read serves. */
const ANSWER_KEPT_MS = 1_000;
const FIRST_LOOK_AFTER_MS = 5;
const LONGEST_LOOK_AFTER_MS = 50;

/**
 * The inquiry about an access token, once for all processes that need it at the same time. Whatever goes wrong between
 * them, the wallet is asked as if there were no others; half of the deadline is the longest that anybody is waited for.
 */
@Injectable()
export class SharedInquiry {
  constructor(
    private readonly inquiry: VodaPayInquiryService,
    @Inject(VODAPAY_COORDINATION) private readonly board: CoordinationBoard,
    @Inject(VODAPAY_OPTIONS) private readonly options: ResolvedVodaPayOptions,
    @Inject(VODAPAY_MONOTONIC_CLOCK) private readonly monotonicMs: () => number,
  ) {}

  /** Throws as `VodaPayInquiryService.inquiryUserInfo`. */
  async userOf(accessToken: string, options: Omit<InquiryOptions, 'signal'>): Promise<VodaPayUserInfo> {
    const { coordination, scope } = this.board;
    if (!coordination.isShared) return this.inquiry.inquiryUserInfo(accessToken, options);
    const startedAt = this.monotonicMs();
    const key = scope.keyFor('inquiry', accessToken);
    const claim = await this.claim(key);
    if (claim === 'ours') return this.askForAll(key, () => this.inquiry.inquiryUserInfo(accessToken, options));
    const told =
      claim === 'nobody knows'
        ? undefined
        : await whilePresent(options.departure, (signal) => this.waitFor(key, claim.held, startedAt, signal));
    if (told?.kind === 'user') return told.userInfo;
    if (told?.kind === 'refused') throw refusalAgain(told);
    const timeoutMs = Math.max(1, this.options.timeoutMs - (this.monotonicMs() - startedAt));
    return this.inquiry.inquiryUserInfo(accessToken, { ...options, timeoutMs });
  }

  private async claim(key: string): Promise<'ours' | 'nobody knows' | { readonly held: string }> {
    const { coordination, scope } = this.board;
    try {
      const held = await coordination.claim(key, await scope.seal(ASKING, key), CLAIM_MS);
      return held === undefined ? 'ours' : { held };
    } catch {
      return 'nobody knows';
    }
  }

  private async askForAll(key: string, ask: () => Promise<VodaPayUserInfo>): Promise<VodaPayUserInfo> {
    let isAsking = true;
    const renewal = setInterval(() => void this.tell(key, ASKING, CLAIM_MS, () => isAsking), RENEW_EVERY_MS).unref();
    try {
      const userInfo = await ask();
      void this.tell(key, { kind: 'user', userInfo }, ANSWER_KEPT_MS);
      return userInfo;
    } catch (error) {
      void this.tell(key, refusalOf(error), ANSWER_KEPT_MS);
      throw error;
    } finally {
      isAsking = false;
      clearInterval(renewal);
    }
  }

  /** Nobody who was answered waits for it. */
  private async tell(key: string, told: Told, ttlMs: number, isTrue = (): boolean => true): Promise<void> {
    const { coordination, scope } = this.board;
    try {
      const sealed = await scope.seal(told, key);
      if (isTrue()) await coordination.write(key, sealed, ttlMs);
    } catch {
      // Whoever waits for it asks by himself.
    }
  }

  /** What the one who asks is told; undefined: it is time to ask oneself. */
  private async waitFor(
    key: string,
    held: string,
    startedAt: number,
    signal: AbortSignal | undefined,
  ): Promise<Told | undefined> {
    const giveUpAt = startedAt + this.options.timeoutMs / 2;
    let current = held;
    let renewedAt = this.monotonicMs();
    let wait = FIRST_LOOK_AFTER_MS;
    for (;;) {
      const told = (await this.board.scope.open(current, key)) as Told | undefined;
      if (told?.kind !== 'asking') return told;
      if (signal?.aborted === true) throw new VodaPayError('VODAPAY_REQUEST_ABORTED');
      const now = this.monotonicMs();
      if (now >= giveUpAt || now - renewedAt >= CLAIM_MS) return undefined;
      await delay(wait);
      wait = Math.min(2 * wait, LONGEST_LOOK_AFTER_MS);
      const next = await this.board.coordination.read(key).catch(() => undefined);
      if (next === undefined) return undefined;
      if (next !== current) renewedAt = this.monotonicMs();
      current = next;
    }
  }
}

const ASKING: Told = Object.freeze({ kind: 'asking' });

/** A signed refusal is true for all who ask. Anything else may be of this process alone, or not last. */
function refusalOf(error: unknown): Told {
  if (!(error instanceof VodaPayError) || !error.verified || error.retryable) return { kind: 'unknown' };
  const { code, resultCode } = error;
  return { kind: 'refused', code, ...(resultCode !== undefined && { resultCode }) };
}

function refusalAgain({ code, resultCode }: Extract<Told, { kind: 'refused' }>): VodaPayError {
  return new VodaPayError(code, { verified: true, ...(resultCode !== undefined && { resultCode }) });
}
