import { describe } from 'vitest';
import { DATABASE_KINDS } from '../databases/open-database.js';
import { killsContract } from './kills.contract.js';
import { OPERATIONS, type OperationName } from './operations.js';

describe.each(DATABASE_KINDS)('a server process killed on %s', (kind) => {
  for (const name of Object.keys(OPERATIONS) as OperationName[]) killsContract(kind, name);
});
