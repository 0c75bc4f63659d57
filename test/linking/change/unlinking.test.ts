import { describe } from 'vitest';
import { DATABASE_KINDS } from '../../databases/open-database.js';
import { twoDirectoriesContract } from './two-directories.contract.js';
import { unlinkingContract } from './unlinking.contract.js';

describe.each(DATABASE_KINDS)('unlinking and moving on %s', (kind) => {
  unlinkingContract(kind);
  twoDirectoriesContract(kind);
});
