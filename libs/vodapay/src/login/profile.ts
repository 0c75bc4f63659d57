import { VodaPayError } from '../errors/vodapay-error.js';
import type { VodaPayProfile } from '../linking/vodapay-profile.js';
import { isActiveWalletUser } from '../protocol/is-active-wallet-user.js';
import { isUsableUserId } from '../protocol/usable-user-id.js';
import type { VodaPayUserInfo } from '../protocol/vodapay-user-info.js';

/**
 * The user as the application sees her, from what the wallet says: no usable `userId`, no login (R12), and none for a
 * frozen or inactive wallet user. Throws VODAPAY_USER_ID_UNUSABLE or VODAPAY_WALLET_USER_INACTIVE.
 */
export function profileOf(userInfo: VodaPayUserInfo): VodaPayProfile {
  const { userId } = userInfo;
  if (!isUsableUserId(userId)) throw new VodaPayError('VODAPAY_USER_ID_UNUSABLE');
  if (!isActiveWalletUser(userInfo)) throw new VodaPayError('VODAPAY_WALLET_USER_INACTIVE', { verified: true });
  const known: Partial<Record<(typeof PROFILE_FIELDS)[number], string>> = {};
  for (const field of PROFILE_FIELDS) if (userInfo[field] !== undefined) known[field] = userInfo[field];
  return Object.freeze({ userId, ...known });
}

/** What an application may learn of a user (R15): no status, no identifiers besides the subject, nothing unparsed. */
const PROFILE_FIELDS = [
  ...(['nickName', 'fullName', 'firstName', 'middleName', 'lastName'] as const),
  ...(['avatar', 'gender', 'birthDate', 'nationality', 'email', 'phone'] as const),
];
