import { setImmediate as nextTurn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { VodaPayError } from '../errors/vodapay-error.js';
import { tellLog } from '../telemetry/tell-log.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { VODAPAY_OPTIONS } from '../vodapay.tokens.js';
import { SecretBox } from './secret-box.js';
import { sessionPlace, type SealedColumn } from './session-place.js';
import { VodaPaySessionRepository, type SealedRow } from './vodapay-session.repository.js';

export interface ResealOptions {
  /** Rows read at once, 1-10 000. Default 100. */
  readonly batchSize?: number;
  /** Stops after the row under way. */
  readonly signal?: AbortSignal;
}

export interface ResealReport {
  /** Sessions whose tokens are sealed with the first key now and were not before. */
  readonly resealed: number;
  /** Sessions whose tokens opened with no key: they stay as they are, and their users sign in again. */
  readonly unreadable: number;
  /** Whether every session was looked at. False: interrupted; the next call goes on, since it passes over what is done. */
  readonly finished: boolean;
}

type Outcome = 'current' | 'resealed' | 'unreadable';

/** Seals stored tokens anew, row by row, so that an old key can be taken out of the configuration. */
@Injectable()
export class SessionReseal {
  constructor(
    private readonly repository: VodaPaySessionRepository,
    private readonly box: SecretBox,
    @Inject(VODAPAY_OPTIONS) private readonly options: Pick<ResolvedVodaPayOptions, 'namespace' | 'clientId'>,
  ) {}

  async run({ batchSize = 100, signal }: ResealOptions = {}): Promise<ResealReport> {
    if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > 10_000) {
      throw new TypeError(`resealAll: batchSize must be an integer from 1 to 10000; it is ${String(batchSize)}.`);
    }
    const count = { current: 0, resealed: 0, unreadable: 0 };
    const report = (finished: boolean): ResealReport => ({
      resealed: count.resealed,
      unreadable: count.unreadable,
      finished,
    });
    for (let after = ''; ;) {
      const rows = await this.repository.sealedAfter(after, batchSize);
      for (const row of rows) {
        if (signal?.aborted === true) return report(false);
        count[await this.reseal(row)] += 1;
        after = row.id;
      }
      if (rows.length < batchSize) return report(true);
      // A synchronous driver (SQLite) never leaves this loop by itself: no signal and no request would be heard.
      await nextTurn();
    }
  }

  /** A refresh that comes in between stores tokens of its own, which must not be overwritten: then the row is read again. */
  private async reseal(row: SealedRow): Promise<Outcome> {
    for (let current: SealedRow | undefined = row; current !== undefined;) {
      if (this.isCurrent(current.accessToken) && this.isCurrent(current.refreshToken)) return 'current';
      const sealed = await this.sealAnew(current);
      if (sealed === undefined) return 'unreadable';
      if (await this.repository.replaceSealed(sealed)) return 'resealed';
      current = await this.repository.findById(row.id);
    }
    return 'current';
  }

  private async sealAnew(row: SealedRow): Promise<SealedRow | undefined> {
    try {
      return {
        ...row,
        accessToken: await this.sealOneAnew(row.id, 'access_token', row.accessToken),
        refreshToken: await this.sealOneAnew(row.id, 'refresh_token', row.refreshToken),
      };
    } catch (error) {
      if (!(error instanceof VodaPayError) || error.code !== 'VODAPAY_SEALED_TOKEN_UNREADABLE') throw error;
      tellLog('vodapay.session.unreadable', { sessionId: row.id });
      return undefined;
    }
  }

  private async sealOneAnew(rowId: string, column: SealedColumn, sealed: string | null): Promise<string | null> {
    if (sealed === null || this.box.isCurrent(sealed)) return sealed;
    const place = sessionPlace(this.options, rowId, column);
    return this.box.seal(await this.box.open(sealed, place), place);
  }

  private isCurrent(sealed: string | null): boolean {
    return sealed === null || this.box.isCurrent(sealed);
  }
}
