import type { VodaPayProfile } from './vodapay-profile.js';

/** When the wallet's profile reaches the merchant's account. */
export type ProfileSyncPolicy = 'never' | 'on-create' | 'on-login';

/** What may be written into an account's profile (R15): whatever identifies or reaches somebody stays out. */
const SYNCED_FIELDS = [
  ...(['nickName', 'fullName', 'firstName', 'middleName', 'lastName'] as const),
  ...(['avatar', 'gender', 'birthDate', 'nationality'] as const),
];

export type SyncedProfile = Readonly<Pick<VodaPayProfile, (typeof SYNCED_FIELDS)[number]>>;

/** The whitelisted fields that are known; undefined when there are none. */
export function syncedProfile(profile: VodaPayProfile): SyncedProfile | undefined {
  const known = SYNCED_FIELDS.filter((field) => profile[field] !== undefined);
  if (known.length === 0) return undefined;
  return Object.freeze(Object.fromEntries(known.map((field) => [field, profile[field]])));
}
