import type { Logger } from 'typeorm';

/** A TypeORM logger that notes the statements which are sent while some work is done. */
export function statementCounter(): {
  readonly logger: Logger;
  readonly during: (work: () => Promise<unknown>) => Promise<readonly string[]>;
} {
  let statements: string[] = [];
  const ignore = (): void => undefined;
  return {
    logger: {
      logQuery: (sql) => {
        statements.push(sql);
      },
      logQueryError: ignore,
      logQuerySlow: ignore,
      logSchemaBuild: ignore,
      logMigration: ignore,
      log: ignore,
    },
    during: async (work) => {
      statements = [];
      await work();
      return statements;
    },
  };
}
