import { createHash } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import type { DataSource } from 'typeorm';
import type { SqlValue, StatementResult } from './statement-runner.js';

/**
 * Statements on the pool of TypeORM's PostgreSQL driver itself, prepared once a connection. TypeORM's query runner, with
 * its broadcaster and its structured result, costs a third of the whole statement. Its logger is told all the same.
 */
export class PostgresStatements {
  private readonly names = new Map<string, string>();
  private prepares = true;

  private constructor(
    private readonly dataSource: DataSource,
    /** Its pool is another one after each `initialize()`. */
    private readonly driver: { readonly master: PgPool },
  ) {}

  /** Undefined where the data source's driver is another one. The data source must be initialised. */
  static of(dataSource: DataSource): PostgresStatements | undefined {
    if (dataSource.options.type !== 'postgres') return undefined;
    const driver = dataSource.driver as unknown as { readonly master?: PgPool };
    return hasPool(driver) ? new PostgresStatements(dataSource, driver) : undefined;
  }

  /** Runs one statement on a connection of the primary. `late` makes the error for one that takes longer. */
  async run(sql: string, values: readonly SqlValue[], withinMs: number, late: () => Error): Promise<StatementResult> {
    const { logger } = this.dataSource;
    const logged = [...values];
    logger.logQuery(sql, logged);
    const prepared = this.prepares;
    try {
      return await runWithin(this.driver.master, this.statement(sql, values), withinMs, late);
    } catch (error) {
      if (prepared && isUnknownPreparation(error)) {
        this.prepares = false;
        return this.run(sql, values, withinMs, late);
      }
      logger.logQueryError(error instanceof Error ? error : String(error), sql, logged);
      throw error;
    }
  }

  private statement(text: string, values: readonly SqlValue[]): PgStatement {
    return this.prepares ? { name: this.nameOf(text), text, values } : { text, values };
  }

  /** By the text alone: where processes share connections, one name can never mean two texts. */
  private nameOf(sql: string): string {
    const known = this.names.get(sql);
    if (known !== undefined) return known;
    const name = `vodapay_${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;
    this.names.set(sql, name);
    return name;
  }
}

interface PgStatement {
  /** Prepares the text under this name, once a connection. */
  readonly name?: string;
  readonly text: string;
  readonly values: readonly SqlValue[];
}

interface PgResult {
  readonly rows: readonly unknown[];
  readonly rowCount: number | null;
}

interface PgClient extends EventEmitter {
  readonly connection?: { readonly stream?: { destroy(error: Error): void } };
  query(statement: PgStatement, done: (error: Error | null | undefined, result: PgResult) => void): void;
}

interface PgPool {
  connect(done: (error: Error | undefined, client: PgClient | undefined, release: () => void) => void): void;
}

function hasPool(driver: { readonly master?: PgPool }): driver is { readonly master: PgPool } {
  return typeof driver.master?.connect === 'function';
}

/**
 * A proxy that gives each transaction another connection (PgBouncer) doesn't know what was prepared on the last one, or
 * knows it already: invalid_sql_statement_name, duplicate_prepared_statement. Nothing has been executed then.
 */
const UNKNOWN_PREPARATION: ReadonlySet<unknown> = new Set(['26000', '42P05']);

function isUnknownPreparation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && UNKNOWN_PREPARATION.has(error.code);
}

function runWithin(
  pool: PgPool,
  statement: PgStatement,
  withinMs: number,
  late: () => Error,
): Promise<StatementResult> {
  return new Promise((resolve, reject) => {
    let connected: PgClient | undefined;
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      const error = late();
      // Another end that fell silent would serve the next caller no better; the pool drops a client without its socket.
      connected?.connection?.stream?.destroy(error);
      reject(error);
    }, withinMs);
    pool.connect((refused, client, release) => {
      if (client === undefined || isLate) {
        clearTimeout(timer);
        if (client !== undefined) release();
        return reject(refused ?? new Error('The pool gave no connection.'));
      }
      connected = client;
      // pg's pool takes its own listener off a client that it hands out, and an error without one ends the process.
      if (client.listenerCount('error') === 0) client.on('error', ignore);
      client.query(statement, (failed, result) => {
        clearTimeout(timer);
        release();
        if (failed) reject(failed);
        else resolve({ records: result.rows, affected: result.rowCount ?? 0 });
      });
    });
  });
}

const ignore = (): void => undefined;
