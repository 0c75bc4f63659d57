import type { DataSource } from 'typeorm';

export type Query = (...given: unknown[]) => Promise<unknown>;

/** Puts a function of the test's own in the place of `query` of each query runner, once however often a runner is used again. */
export function wrapQueries(dataSource: DataSource, wrap: (query: Query) => Query): void {
  const create = dataSource.createQueryRunner.bind(dataSource);
  const wrapped = new WeakSet<object>();
  dataSource.createQueryRunner = (mode) => {
    const runner = create(mode);
    if (wrapped.has(runner)) return runner;
    wrapped.add(runner);
    return Object.assign(runner, { query: wrap(runner.query.bind(runner) as Query) });
  };
}
