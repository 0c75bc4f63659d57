import { defaultUserInfo } from '../../apps/wallet/src/users/default-user-info.js';

/** Everybody's at the website. */
export const PASSWORD = 'correct horse battery';

/** The address that this user has in the wallet. */
export function emailOf(userId: string): string {
  const contacts = defaultUserInfo(userId)['contactInfos'] as readonly { contactType: string; contactNo: string }[];
  return contacts.find(({ contactType }) => contactType === 'EMAIL')?.contactNo ?? '';
}
