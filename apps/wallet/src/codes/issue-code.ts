import { parseFault } from './faults/parse-fault.js';
import { ALL_SCOPES } from './users/grant-user-info.js';
import type { Wallet } from './wallet.js';

export interface CodeRequest {
  readonly userId: string;
  /** What the user agrees to; default: everything. */
  readonly scopes?: readonly string[];
  /** Name of the fault that goes with the code and all that comes from it. */
  readonly fault?: string;
}

/** Gives an auth code as if the user had consented. Throws a TypeError when there is no such fault. */
export function issueCode(wallet: Pick<Wallet, 'tokens'>, { userId, scopes, fault }: CodeRequest): string {
  if (fault !== undefined) parseFault(fault);
  return wallet.tokens.issueCode({ userId, scopes: scopes ?? ALL_SCOPES, ...(fault !== undefined && { fault }) });
}
