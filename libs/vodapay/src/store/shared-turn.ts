import { VodaPayError } from '../errors/vodapay-error.js';
import { propertyOf } from '../property-of.js';

/** One statement for several items of one group: the result of each, in their order. */
export type RunTogether<Item, Result> = (group: string, items: readonly Item[]) => Promise<readonly Result[]>;

/** As it is when the module is loaded: under a test's fake timers nobody would be answered. */
const afterThisTurn = setImmediate;

interface Asked<Item, Result> {
  readonly item: Item;
  readonly done: (result: Result) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * What is asked of the database in the same turn of the event loop shares one statement a group. Under load the wallet's
 * answers come many a turn, and to send and wake a database costs several times what it costs to name one more row.
 */
export class SharedTurn<Item, Result> {
  private waiting = new Map<string, Asked<Item, Result>[]>();

  constructor(private readonly runTogether: RunTogether<Item, Result>) {}

  run(group: string, item: Item): Promise<Result> {
    return new Promise((done, failed) => {
      if (this.waiting.size === 0) afterThisTurn(() => this.endTurn());
      const asked = { item, done, failed };
      const others = this.waiting.get(group);
      if (others === undefined) this.waiting.set(group, [asked]);
      else others.push(asked);
    });
  }

  private endTurn(): void {
    const { waiting } = this;
    this.waiting = new Map();
    for (const [group, asked] of waiting) void this.runAll(group, asked);
  }

  private async runAll(group: string, asked: readonly Asked<Item, Result>[]): Promise<void> {
    try {
      const results = await this.runTogether(
        group,
        asked.map(({ item }) => item),
      );
      for (const [index, { done }] of asked.entries()) done(results[index] as Result);
    } catch (error) {
      // A value that the database refuses is nobody else's failure.
      if (asked.length > 1 && isValueRefused(error)) for (const one of asked) void this.runAll(group, [one]);
      else for (const { failed } of asked) failed(error);
    }
  }
}

/**
 * PostgreSQL's classes of data exceptions, such as a character that no text may hold, of constraints, and of what triggers
 * raise.
 */
const OF_A_VALUE = /^(?:22|23|P0)/;

function isValueRefused(error: unknown): boolean {
  if (!(error instanceof VodaPayError) || error.code !== 'VODAPAY_STORE_FAILED') return false;
  const code = propertyOf(error.cause, 'code');
  return typeof code === 'string' && OF_A_VALUE.test(code);
}
