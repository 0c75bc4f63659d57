import 'reflect-metadata';
import { dataSourceFor } from '../../databases/database-url.js';
import { LIBRARY, linkingOn } from '../linking-under-test.js';
import { MerchantAccounts } from '../merchant-accounts.js';

interface Input {
  readonly url: string;
  readonly userId: string;
  /** The statement before which the process is killed: 1 is the first. */
  readonly killAt: number;
}

/** A server process that dies by SIGKILL in the middle of a first login. Ends with 0 when there is no such statement. */
const { url, userId, killAt } = JSON.parse(process.argv[2] ?? '') as Input;
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
const dataSource = await dataSourceFor(url, { ...LIBRARY, logger }).initialize();
const { login } = linkingOn(dataSource, new MerchantAccounts(dataSource));
statements = 0;
await login(userId);
await dataSource.destroy();
