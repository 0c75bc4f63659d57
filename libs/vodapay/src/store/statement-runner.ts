import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource, QueryRunner } from 'typeorm';
import { VodaPayError } from '../errors/vodapay-error.js';
import { classifyDatabaseFailure, withoutValues } from './database-failure.js';
import { dropConnection } from './drop-connection.js';
import { PostgresStatements } from './postgres-statements.js';
import { retryTransient } from './retry-transient.js';
import { withinTime } from '../within-time.js';

/** A list only where the database takes one (`takesLists`). */
export type SqlValue = string | number | null | readonly string[];

export interface StatementResult {
  readonly records: readonly unknown[];
  /** Rows that an INSERT, UPDATE or DELETE touched. */
  readonly affected?: number | undefined;
}

/** Runs single statements, each committed by itself, and translates the database's failures. */
export class StatementRunner {
  private postgres: PostgresStatements | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /** Rows of a SELECT, from the primary. Throws VODAPAY_STORE_UNAVAILABLE or VODAPAY_STORE_FAILED. */
  async read<Row>(sql: string, values: readonly SqlValue[]): Promise<readonly Row[]> {
    try {
      return (await retryTransient(() => this.run(sql, values))).records as readonly Row[];
    } catch (error) {
      throw toVodaPayError(error);
    }
  }

  /** How many rows an INSERT, UPDATE or DELETE touched; `'duplicate'` when a unique index refused it. Throws as `read`. */
  async write(sql: string, values: readonly SqlValue[]): Promise<number | 'duplicate'> {
    try {
      const { affected } = await retryTransient(() => this.run(sql, values, outsideTransactions));
      return affected ?? 0;
    } catch (error) {
      if (classifyDatabaseFailure(error) === 'unique') return 'duplicate';
      throw toVodaPayError(error);
    }
  }

  /** How many rows a DELETE touched. Throws as `read`. */
  async remove(sql: string, values: readonly SqlValue[]): Promise<number> {
    const removed = await this.write(sql, values);
    return removed === 'duplicate' ? 0 : removed;
  }

  private run(
    sql: string,
    values: readonly SqlValue[],
    prepare?: (runner: QueryRunner) => Promise<void>,
  ): Promise<StatementResult> {
    if (!this.dataSource.isInitialized) throw new VodaPayError('VODAPAY_STORE_UNAVAILABLE');
    this.postgres ??= PostgresStatements.of(this.dataSource);
    return (
      this.postgres?.run(sql, values, STATEMENT_WITHIN_MS, unanswered) ?? this.runThroughTypeOrm(sql, values, prepare)
    );
  }

  /** Through a query runner, not `dataSource.query`: only the structured result tells the affected rows everywhere. */
  private async runThroughTypeOrm(
    sql: string,
    values: readonly SqlValue[],
    prepare?: (runner: QueryRunner) => Promise<void>,
  ): Promise<StatementResult> {
    const runner = this.dataSource.createQueryRunner('master');
    const work = (async () => {
      await prepare?.(runner);
      return runner.query(sql, [...values], true);
    })();
    // Released when the statement has really ended: one that waits for a connection would else keep it for good.
    const ended = work.then(
      () => runner.release(),
      () => runner.release(),
    );
    try {
      const result = await withinTime(work, STATEMENT_WITHIN_MS, unanswered);
      await ended;
      return result;
    } catch (error) {
      if (error instanceof Unanswered) dropConnection(runner).catch(() => undefined);
      else await ended;
      throw error;
    }
  }
}

/** How long a statement may take, waiting for a connection included, in milliseconds. */
const STATEMENT_WITHIN_MS = 5_000;

class Unanswered extends Error {}

const unanswered = (): Error => new Unanswered();

/** How long a write waits for other code's transaction on a connection that it shares, in milliseconds. */
const SHARED_WAIT_MS = 5_000;

/**
 * On SQLite TypeORM has one query runner for everybody: a write made while other code has a transaction open would
 * vanish with its rollback (I3). On the other databases a fresh query runner is never in a transaction.
 */
async function outsideTransactions(runner: QueryRunner): Promise<void> {
  const startedAt = performance.now();
  while (runner.isTransactionActive) {
    const waitedMs = performance.now() - startedAt;
    if (waitedMs > SHARED_WAIT_MS) {
      throw new VodaPayError('VODAPAY_STORE_UNAVAILABLE', {
        message: `Another transaction held the shared database connection for more than ${SHARED_WAIT_MS} ms.`,
      });
    }
    await delay(waitedMs < 50 ? 0 : 5);
  }
}

function toVodaPayError(error: unknown): VodaPayError {
  if (error instanceof VodaPayError) return error;
  if (error instanceof Unanswered) {
    return new VodaPayError('VODAPAY_STORE_UNAVAILABLE', {
      message: `The database did not answer within ${STATEMENT_WITHIN_MS} ms. Try again shortly.`,
    });
  }
  const failure = classifyDatabaseFailure(error);
  const unavailable = failure === 'connection' || failure === 'transient';
  return new VodaPayError(unavailable ? 'VODAPAY_STORE_UNAVAILABLE' : 'VODAPAY_STORE_FAILED', {
    cause: withoutValues(error),
  });
}
