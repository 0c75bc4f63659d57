import { describe } from 'vitest';
import { DATABASE_KINDS } from '../databases/open-database.js';
import { accountLinkingContract } from './account-linking.contract.js';
import { firstLoginContract } from './first-login.contract.js';

describe.each(DATABASE_KINDS)('linking on %s', (kind) => {
  accountLinkingContract(kind);
});

describe.each(DATABASE_KINDS)('a first login on %s', (kind) => {
  firstLoginContract(kind);
});
