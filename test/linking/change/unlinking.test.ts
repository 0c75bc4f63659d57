import { describe } from 'vitest';
import { DATABASE_KINDS } from '../../databases/open-database.js';
import { directMovesContract } from './direct-moves.contract.js';
import { linkLogContract } from './link-log.contract.js';
import { profileSyncContract } from './profile-sync.contract.js';
import { twoDirectoriesContract } from './two-directories.contract.js';
import { unlinkingContract } from './unlinking.contract.js';
import { useChanges } from './use-changes.js';

describe.each(DATABASE_KINDS)('unlinking and moving on %s', (kind) => {
  const fixture = useChanges(kind);
  unlinkingContract(fixture);
  directMovesContract(fixture);
  linkLogContract(fixture);
  profileSyncContract(fixture);
  twoDirectoriesContract(kind);
});
