import { presentOnly } from '../protocol/present-only.js';
import type { TestUser } from './test-user.js';

/** The user as VodaPay's `userInfo` tells her. */
export function toUserInfo(userId: string, user: TestUser): Record<string, unknown> {
  const { nickName = 'Test User', avatar, gender, birthDate, nationality, status = 'ACTIVE' } = user;
  const { fullName, firstName, middleName, lastName } = user;
  const userName = presentOnly({ fullName, firstName, middleName, lastName });
  const contactInfos = [
    ...(user.email === undefined ? [] : [{ contactType: 'EMAIL', contactNo: user.email }]),
    ...(user.phone === undefined ? [] : [{ contactType: 'MOBILE_PHONE', contactNo: user.phone }]),
  ];
  return {
    userId,
    status,
    ...presentOnly({ nickName, avatar, gender, birthDate, nationality }),
    ...(Object.keys(userName).length > 0 && { userName }),
    ...(contactInfos.length > 0 && { contactInfos }),
  };
}
