import type { DataSource } from 'typeorm';
import { purgeInBatches } from '../../store/purge-in-batches.js';
import { StatementRunner } from '../../store/statement-runner.js';
import { linkAttemptSql, type LinkAttemptSql } from './link-proof.sql.js';

/** The slots of the limits. Every method is one statement; throws VODAPAY_STORE_UNAVAILABLE or _FAILED. */
export class LinkAttemptRepository {
  private readonly statements: StatementRunner;
  private sqlOnceConnected: LinkAttemptSql | undefined;

  constructor(private readonly dataSource: DataSource) {
    this.statements = new StatementRunner(dataSource);
  }

  /** Slot → when it is free again, epoch milliseconds. A slot that was never taken is absent. */
  async slotsOf(scopeHash: string): Promise<ReadonlyMap<number, number>> {
    const rows = await this.statements.read<SlotRow>(this.sql.slotsOf, [scopeHash]);
    return new Map(rows.map(({ slot, expires_at }) => [Number(slot), Number(expires_at)]));
  }

  /** Takes a slot that has no row yet. The primary key decides: false when somebody else was faster. */
  async takeNew(scopeHash: string, slot: number, until: number): Promise<boolean> {
    return (await this.statements.write(this.sql.takeNew, [scopeHash, slot, until])) === 1;
  }

  /** Takes a slot whose time is over. Compare-and-set: false when somebody else was faster. */
  async takeExpired(scopeHash: string, slot: number, until: number, now: number): Promise<boolean> {
    return (await this.statements.write(this.sql.takeExpired, [until, scopeHash, slot, now])) === 1;
  }

  async purgeExpired(now: number): Promise<void> {
    const { purgeBound: bound, purge: remove } = this.sql;
    await purgeInBatches(this.statements, { bound, remove }, [], now);
  }

  private get sql(): LinkAttemptSql {
    this.sqlOnceConnected ??= linkAttemptSql(this.dataSource);
    return this.sqlOnceConnected;
  }
}

interface SlotRow {
  readonly slot: number | string;
  readonly expires_at: string | number;
}
