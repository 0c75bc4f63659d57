import type { KeyObject } from 'node:crypto';
import { VodaPayError } from '../errors/vodapay-error.js';
import { tellLog } from '../telemetry/tell-log.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { withinTime } from '../within-time.js';

type KeyRingOptions = Pick<ResolvedVodaPayOptions, 'vodapayPublicKeys' | 'loadVodaPayKeys' | 'timeoutMs'>;

/** How long the source is left alone after it was asked, in milliseconds. */
const ASK_AGAIN_AFTER_MS = 60_000;

/** How long one asking may take, in milliseconds. */
const ASK_WITHIN_MS = 10_000;

/**
 * The share of a call's deadline that its answer waits for the source at most: one that hangs is no failure of the wallet.
 * The asking goes on for those who come later.
 */
const WAITED_SHARE = 0.4;

/** VodaPay's public keys by version: those of the configuration, and those that the source `keys` told last. */
export class WalletKeyRing {
  private ring: ReadonlyMap<number, KeyObject>;
  private asking: Promise<void> | undefined;
  private askedAt = -Infinity;

  /** @param monotonicMs a clock that never goes back, in milliseconds */
  constructor(
    private readonly options: KeyRingOptions,
    private readonly monotonicMs: () => number = () => performance.now(),
  ) {
    this.ring = options.vodapayPublicKeys;
  }

  get keys(): ReadonlyMap<number, KeyObject> {
    return this.ring;
  }

  /**
   * Whether it is worth judging an answer again that failed with this error: it names a key version that `judgedWith`
   * lacks, and the source has told it since. The source is asked at most once a minute, by one caller for all; each waits
   * for it no longer than a part of the deadline.
   *
   * @param correlationId for the log line, if it is this caller who asks
   */
  async learns(error: unknown, judgedWith: ReadonlyMap<number, KeyObject>, correlationId?: string): Promise<boolean> {
    if (!(error instanceof VodaPayError) || error.code !== 'VODAPAY_RESPONSE_KEY_UNKNOWN') return false;
    await this.refreshedInTime(correlationId);
    return [...this.ring.keys()].some((version) => !judgedWith.has(version));
  }

  private async refreshedInTime(correlationId: string | undefined): Promise<void> {
    const waitMs = this.options.timeoutMs * WAITED_SHARE;
    await withinTime(this.refresh(correlationId), waitMs, tooLate).catch(() => undefined);
  }

  private refresh(correlationId: string | undefined): Promise<void> {
    const load = this.options.loadVodaPayKeys;
    if (load === undefined) return Promise.resolve();
    if (this.asking !== undefined) return this.asking;
    if (this.monotonicMs() - this.askedAt < ASK_AGAIN_AFTER_MS) return Promise.resolve();
    this.askedAt = this.monotonicMs();
    this.asking = this.ask(load, correlationId).finally(() => (this.asking = undefined));
    return this.asking;
  }

  /** A source that fails changes nothing: the keys that are known go on counting. */
  private async ask(
    load: NonNullable<KeyRingOptions['loadVodaPayKeys']>,
    correlationId: string | undefined,
  ): Promise<void> {
    try {
      this.ring = new Map([...(await withinTime(load(), ASK_WITHIN_MS, tooLate)), ...this.options.vodapayPublicKeys]);
      tellLog('vodapay.keys.learned', { keyVersions: [...this.ring.keys()] }, correlationId);
    } catch (error) {
      // A TypeError is ours and names the option (`loadVodaPayKeys`); what the source itself throws may quote a key.
      const reason = error instanceof TypeError ? error.message : 'it failed or did not answer in time';
      tellLog('vodapay.keys.unavailable', { reason }, correlationId);
    }
  }
}

function tooLate(): Error {
  return new Error('too late');
}
