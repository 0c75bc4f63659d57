import { Logger } from '@nestjs/common';
import { VodaPayError } from '../../errors.js';
import type { AccountCandidate, AccountDirectory } from '../account-directory.js';
import { accountIdText } from '../account-id.js';
import { askDirectory } from '../ask-directory.js';
import type { VodaPayProfile } from '../vodapay-profile.js';

/** An account that may be the user's, its id as text. */
export type LinkCandidate = AccountCandidate;

const logger = new Logger('VodaPayLinking');

/** Asks the merchant which accounts may be the user's: each once, and only those whose contact she has verified (R5). */
export async function findCandidates(
  directory: AccountDirectory<string | number>,
  profile: VodaPayProfile,
): Promise<readonly LinkCandidate[]> {
  const answer: unknown = await askDirectory(async () => directory.findCandidates?.(profile) ?? []);
  if (!Array.isArray(answer)) throw unusable('something else than a list');
  const verified = answer.filter(isVerified);
  if (verified.length < answer.length) {
    logger.warn(
      `AccountDirectory.findCandidates returned ${answer.length - verified.length} entries that do not say ` +
        'contactVerified: true and a contact of email or phone; they are ignored.',
    );
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
