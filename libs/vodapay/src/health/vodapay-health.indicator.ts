import { Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { VodaPayError } from '../errors/vodapay-error.js';
import { StatementRunner } from '../store/statement-runner.js';
import { withinTime } from '../within-time.js';
import type { VodaPayInquiryService } from '../inquiry/vodapay-inquiry.service.js';

/** State of the circuit of one wallet operation. */
type CircuitState = ReturnType<VodaPayInquiryService['circuit']>['state'];

/** What @nestjs/terminus takes as the result of an indicator. */
export type VodaPayHealthResult<Key extends string = string> = Readonly<
  Record<
    Key,
    {
      /** As the database is. */
      readonly status: 'up' | 'down';
      readonly database: 'up' | 'down';
      /** Told, and no part of the status: whether calls of the wallet go out (`closed`). */
      readonly wallet: { readonly applyToken: CircuitState; readonly inquiryUserInfo: CircuitState };
    }
  >
>;

export interface VodaPayHealthOptions {
  /** How long the database may take, in milliseconds. Default 2 000. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 2_000;

/**
 * Whether this instance can serve: its database is asked, the wallet is not. How the wallet does is told from what the
 * last calls came to, because a wallet that is away is no reason to restart anybody. Its result is one for
 * `HealthCheckService` of @nestjs/terminus; without terminus it can be answered as it is.
 *
 * @example
 * @Get('health') @HealthCheck()
 * ready() { return this.health.check([() => this.vodaPay.check('vodapay')]); }
 */
@Injectable()
export class VodaPayHealthIndicator {
  private readonly statements: StatementRunner;

  constructor(
    dataSource: DataSource,
    private readonly inquiry: VodaPayInquiryService,
  ) {
    this.statements = new StatementRunner(dataSource);
  }

  /** Throws nothing: a database that doesn't answer is `down`. */
  async check<const Key extends string>(
    key: Key,
    { timeoutMs = TIMEOUT_MS }: VodaPayHealthOptions = {},
  ): Promise<VodaPayHealthResult<Key>> {
    const database = await this.askDatabase(timeoutMs);
    const wallet = {
      applyToken: this.inquiry.circuit('applyToken').state,
      inquiryUserInfo: this.inquiry.circuit('inquiryUserInfo').state,
    };
    return { [key]: { status: database, database, wallet } } as VodaPayHealthResult<Key>;
  }

  private async askDatabase(timeoutMs: number): Promise<'up' | 'down'> {
    try {
      const asked = this.statements.read('SELECT 1', []);
      await withinTime(asked, timeoutMs, () => new VodaPayError('VODAPAY_STORE_UNAVAILABLE'));
      return 'up';
    } catch {
      return 'down';
    }
  }
}
