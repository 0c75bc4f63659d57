import { parseFault } from '../faults/parse-fault.js';
import { ALL_SCOPES } from '../users/grant-user-info.js';
import type { Wallet } from '../wallet.js';

export interface CodeRequest {
  readonly userId: string;
  /** What the user agrees to; default: everything. */
  readonly scopes?: readonly string[];
  /** Name of the fault that goes with the code and all that comes from it. */
  readonly fault?: string;
}

/** Gives an auth code as if the user had consented. Throws a TypeError when there is no such fault. */
export function issueCode(
  { tokens, codes, now }: Pick<Wallet, 'tokens' | 'codes' | 'now'>,
  { userId, scopes = ALL_SCOPES, fault }: CodeRequest,
): string {
  if (fault !== undefined) parseFault(fault);
  const consent = { userId, scopes, ...(fault !== undefined && { fault }) };
  const code = tokens.issueCode(consent);
  codes.add({ at: new Date(now()).toISOString(), ...consent });
  return code;
}
