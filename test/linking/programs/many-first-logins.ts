import 'reflect-metadata';
import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { dataSourceFor } from '../../databases/database-url.js';
import { LIBRARY, linkingOn } from '../linking-under-test.js';
import { MerchantAccounts } from '../merchant-accounts.js';

interface Input {
  readonly url: string;
  readonly userId: string;
  readonly logins: number;
  /** Epoch milliseconds at which all processes begin. */
  readonly startAt: number;
}

/** One of several server processes: signs one user in many times in parallel and prints the results. */
// Only the results are printed.
Logger.overrideLogger(false);
const { url, userId, logins, startAt } = JSON.parse(process.argv[2] ?? '') as Input;
const dataSource = await dataSourceFor(url, LIBRARY).initialize();
const { login } = linkingOn(dataSource, new MerchantAccounts(dataSource));
await delay(startAt - Date.now());
const results = await Promise.all(Array.from({ length: logins }, () => login(userId)));
process.stdout.write(JSON.stringify(results.map(({ link, outcome }) => ({ accountId: link.accountId, outcome }))));
await dataSource.destroy();
