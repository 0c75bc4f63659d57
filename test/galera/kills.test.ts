import { describe } from 'vitest';
import { DATABASE_KINDS } from '../databases/open-database.js';
import { killsContract } from '../kills/kills.contract.js';

// `npm run test:kills` has all operations on single servers.
describe.each(DATABASE_KINDS)('a server process killed on %s', (kind) => {
  killsContract(kind, 'first login');
});
