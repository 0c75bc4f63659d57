import { describe } from 'vitest';
import { DATABASE_KINDS } from '../../databases/open-database.js';
import { contactProofContract } from './contact-proof.contract.js';
import { contestedContract } from './contested.contract.js';
import { linkCodesContract } from './link-codes.contract.js';
import { movingContract } from './moving.contract.js';
import { pendingLinksContract } from './pending-links.contract.js';
import { preHijackContract } from './pre-hijack.contract.js';
import { proofLimitsContract } from './proof-limits.contract.js';
import { useProofs } from './use-proofs.js';

describe.each(DATABASE_KINDS)('pending links on %s', (kind) => {
  const fixture = useProofs(kind);
  pendingLinksContract(fixture);
  contactProofContract(fixture);
});

describe.each(DATABASE_KINDS)('the limits of proofs on %s', (kind) => {
  proofLimitsContract(kind);
});

describe.each(DATABASE_KINDS)('link codes on %s', (kind) => {
  linkCodesContract(kind);
});

describe.each(DATABASE_KINDS)('accounts that are contested, on %s', (kind) => {
  preHijackContract(kind);
});

describe.each(DATABASE_KINDS)('moving by codes on %s', (kind) => {
  movingContract(kind);
});

describe.each(DATABASE_KINDS)('what two servers are asked at once, on %s', (kind) => {
  contestedContract(kind);
});
