import { createHash } from 'node:crypto';

const FIRST_NAMES = ['Thandi', 'Sipho', 'Lerato', 'Pieter', 'Nomsa', 'Aisha', 'Johan', 'Zanele', 'Kabelo', 'Priya'];
const LAST_NAMES = ['Nkosi', 'Dlamini', 'Botha', 'Naidoo', 'Mokoena', 'van Wyk', 'Khumalo', 'Jacobs'];

/** A full profile made from the user id alone: the same id has the same profile after every restart, and no two look alike. */
export function defaultUserInfo(userId: string): Readonly<Record<string, unknown>> {
  const digest = createHash('sha256').update(userId).digest();
  const tag = digest.toString('hex').slice(0, 8);
  const firstName = pick(FIRST_NAMES, digest.readUInt8(8));
  const lastName = pick(LAST_NAMES, digest.readUInt8(9));
  const email = `${firstName.toLowerCase()}.${tag}@example.com`;
  const phone = `27-6${String(digest.readUInt32BE(12) % 100_000_000).padStart(8, '0')}`;
  return {
    userId,
    status: 'ACTIVE',
    nickName: `${firstName} ${tag.slice(0, 4)}`,
    avatar: `https://avatars.example.com/${tag}.png`,
    gender: digest.readUInt8(10) % 2 === 0 ? 'F' : 'M',
    birthDate: `19${70 + (digest.readUInt8(11) % 30)}-0${1 + (digest.readUInt8(16) % 9)}-1${digest.readUInt8(17) % 10}`,
    nationality: 'South Africa',
    userName: { fullName: `${firstName} ${lastName}`, firstName, middleName: '', lastName },
    loginIdInfos: [loginId('MOBILE_PHONE', phone), loginId('EMAIL', email)],
    contactInfos: [
      { contactType: 'MOBILE_PHONE', contactNo: phone },
      { contactType: 'EMAIL', contactNo: email },
    ],
    userAddresses: [{ country: 'ZA', city: 'Cape Town', address1: `${1 + digest.readUInt8(18)} Example Road` }],
    kycLevel: 'L1',
  };
}

function pick(names: readonly string[], byte: number): string {
  return names[byte % names.length] ?? 'Thandi';
}

function loginId(loginIdType: string, loginId: string): Readonly<Record<string, string>> {
  return {
    loginIdType,
    loginId,
    maskLoginId: `${loginId.slice(0, 3)}****${loginId.slice(-3)}`,
    hashLoginId: createHash('sha256').update(loginId).digest('hex'),
  };
}
