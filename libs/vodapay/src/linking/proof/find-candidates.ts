import { VodaPayError } from '../../errors/vodapay-error.js';
import { tellLog } from '../../telemetry/tell-log.js';
import type { AccountCandidate, AccountDirectory } from '../account-directory.js';
import { accountIdText } from '../account-id.js';
import { askDirectory } from '../ask-directory.js';
import type { VodaPayProfile } from '../vodapay-profile.js';

/** An account that may be the user's, its id as text. */
export type LinkCandidate = AccountCandidate;

/** Asks the merchant which accounts may be the user's: each once, and only those whose contact she has verified (R5). */
export async function findCandidates(
  directory: AccountDirectory<string | number>,
  profile: VodaPayProfile,
): Promise<readonly LinkCandidate[]> {
  return askDirectory(async () => readCandidates(await (directory.findCandidates?.(profile) ?? []), directory));
}

function readCandidates(answer: unknown, directory: AccountDirectory<string | number>): readonly LinkCandidate[] {
  if (!Array.isArray(answer)) throw unusable('something else than a list');
  const verified = answer.filter(isVerified);
  if (verified.length < answer.length) {
    tellLog('vodapay.directory.candidates-ignored', { count: answer.length - verified.length });
  }
  const candidates = verified.map(({ id, contact }) => {
    return { id: accountIdText(id, directory), contact, contactVerified: true } as const;
  });
  return [...new Map(candidates.toReversed().map((candidate) => [candidate.id, candidate])).values()].toReversed();
}

/** The type demands it already; an application in JavaScript must not get past it. */
function isVerified(entry: unknown): entry is AccountCandidate<string | number> {
  if (typeof entry !== 'object' || entry === null) return false;
  const { contactVerified, contact } = entry as Partial<AccountCandidate>;
  return contactVerified === true && (contact === 'email' || contact === 'phone');
}

function unusable(what: string): VodaPayError {
  return new VodaPayError('VODAPAY_ACCOUNT_DIRECTORY_FAILED', {
    message: `AccountDirectory.findCandidates returned ${what}.`,
  });
}
