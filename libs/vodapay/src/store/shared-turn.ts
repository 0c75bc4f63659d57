import { VodaPayError } from '../errors/vodapay-error.js';
import { propertyOf } from '../property-of.js';

/** The two ways of one kind of work. */
export interface TurnWork<Item, Result> {
  /** For an item that nobody shares the turn with, or whose turn failed by the value of one. */
  alone(item: Item, group: string): Promise<Result>;
  /** One statement for several items of one group: the result of each, in their order. */
  together(items: readonly Item[], group: string): Promise<readonly Result[]>;
}

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

  constructor(private readonly work: TurnWork<Item, Result>) {}

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
    for (const [group, [first, ...others]] of waiting) {
      if (first === undefined) continue;
      if (others.length === 0) this.runAlone(group, first);
      else void this.runTogether(group, [first, ...others]);
    }
  }

  private runAlone(group: string, { item, done, failed }: Asked<Item, Result>): void {
    this.work.alone(item, group).then(done, failed);
  }

  private async runTogether(group: string, asked: readonly Asked<Item, Result>[]): Promise<void> {
    try {
      const results = await this.work.together(
        asked.map(({ item }) => item),
        group,
      );
      for (const [index, { done }] of asked.entries()) done(results[index] as Result);
    } catch (error) {
      // A value that the database refuses is nobody else's failure.
      if (isValueRefused(error)) for (const one of asked) this.runAlone(group, one);
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
