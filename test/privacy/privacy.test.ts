import { describe } from 'vitest';
import { DATABASE_KINDS } from '../databases/open-database.js';
import { privacyContract } from './privacy.contract.js';

describe.each(DATABASE_KINDS)('the data of a person on %s', (kind) => {
  privacyContract(kind);
});
