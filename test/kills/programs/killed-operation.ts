import 'reflect-metadata';
import { dataSourceFor } from '../../databases/database-url.js';
import { LIBRARY } from '../../linking/linking-under-test.js';
import { merchantOn } from '../killed-merchant.js';
import { OPERATIONS, type Operation, type OperationName, type Subject } from '../operations.js';

interface Input {
  readonly url: string;
  readonly operation: OperationName;
  readonly subject: Subject;
  /** The statement before which the process is killed: 1 is the first. */
  readonly killAt: number;
}

/** A server process that dies by SIGKILL in the middle of an operation. Ends with 0 when there is no such statement. */
const { url, operation, subject, killAt } = JSON.parse(process.argv[2] ?? '') as Input;
let statements = Number.NEGATIVE_INFINITY;
const ignore = (): void => undefined;
const logger = {
  logQuery: () => {
    statements += 1;
    if (statements === killAt) process.kill(process.pid, 'SIGKILL');
  },
  logQueryError: ignore,
  logQuerySlow: ignore,
  logSchemaBuild: ignore,
  logMigration: ignore,
  log: ignore,
};
const { settings, run }: Operation = OPERATIONS[operation];
const dataSource = await dataSourceFor(url, { ...LIBRARY, logger }).initialize();
const merchant = merchantOn(dataSource, settings);
statements = 0;
await run(merchant, subject);
await dataSource.destroy();
