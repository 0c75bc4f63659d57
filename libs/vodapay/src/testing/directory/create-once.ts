import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { askDirectory } from '../../linking/ask-directory.js';
import type { VodaPayProfile } from '../../linking/vodapay-profile.js';
import type { DirectoryUnderTest } from './directory-under-test.js';

type Given = Pick<DirectoryUnderTest<string | number>, 'accounts'>;

/** A profile of a user whom nobody knows: its contacts belong to no account yet. */
export function newProfile(more: Partial<VodaPayProfile> = {}): VodaPayProfile {
  const digits = String(parseInt(randomUUID().replaceAll('-', '').slice(0, 12), 16)).padStart(15, '0');
  return { userId: `216610${digits}`, nickName: 'Contract Test', email: `user.${digits}@example.com`, ...more };
}

/** Calls `create` as the library does: a passing failure of the database, or a unique violation, is tried again. */
export async function create(
  { accounts }: Given,
  profile: VodaPayProfile = newProfile(),
  idempotencyKey: string = randomUUID(),
): Promise<string | number> {
  const answer = await askDirectory(() => accounts.create(profile, { idempotencyKey }));
  assert.ok('id' in answer, 'create must answer { id } for a user whom nobody knows; it answered a conflict');
  return answer.id;
}
