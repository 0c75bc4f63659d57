import { defaultUserInfo } from './default-user-info.js';
import type { WalletUser } from './wallet-user.js';

const FIRST_ID = '216610000000000000000';

/** The users that are always there: full, thin and odd, each way in which PROTOCOL §6 says a profile can differ. */
export const BUILT_IN_USERS: readonly WalletUser[] = Object.freeze([
  user(1, 'Full profile, letters beyond ASCII', {
    nickName: 'Zoë',
    userName: { fullName: 'Zoë Müller', firstName: 'Zoë', middleName: '', lastName: 'Müller' },
  }),
  user(2, 'Full profile in other words: birthday, MALE, ZA', {
    birthDate: undefined,
    birthday: '1988-02-29',
    gender: 'MALE',
    nationality: 'ZA',
  }),
  only(3, 'Thin: nothing but the user id', {}),
  only(4, 'Null for every array and object', {
    status: 'ACTIVE',
    nickName: null,
    avatar: null,
    userName: null,
    loginIdInfos: null,
    contactInfos: null,
    userAddresses: null,
    extendInfo: null,
  }),
  user(5, 'Values and fields that nobody has seen', {
    status: 'HIBERNATING',
    gender: 'UNDISCLOSED',
    contactInfos: [null, { contactType: 'FAX', contactNo: '27-210000000' }, { contactType: 'EMAIL' }],
    loginIdInfos: [{ loginIdType: 'PASSKEY', loginId: 'passkey-1' }],
    loyalty: { tier: 'gold', since: 2019 },
    extendInfo: '{"segment":"beta"}',
  }),
  only(6, 'Placeholders of the sandbox for the name', {
    status: 'ACTIVE',
    userName: { fullName: '', firstName: 'defaultFirstname', lastName: 'defaultSurname' },
  }),
  only(7, 'Numbers and booleans where text belongs', {
    status: 'ACTIVE',
    nickName: 12_345,
    gender: 1,
    birthDate: 19_880_229,
    userName: 'Sam Numbers',
    contactInfos: [{ contactType: 'MOBILE_PHONE', contactNo: 27_600_000_007 }, 'EMAIL'],
    loginIdInfos: {},
    kycLevel: 2,
    avatar: false,
  }),
  user(8, 'FROZEN: the merchant must refuse', { status: 'FROZEN' }),
  user(9, 'INACTIVE: the merchant must refuse', { status: 'INACTIVE' }),
  user(10, 'Very long nickname, markup in it', {
    nickName: `<b>Nokuthula</b> & ${'very '.repeat(60)}long 🦓`,
    avatar: `https://avatars.example.com/${'a'.repeat(300)}.png`,
  }),
  user(11, 'No nickname, phone only', {
    nickName: undefined,
    contactInfos: [{ contactType: 'MOBILE_PHONE', contactNo: '27-600000011' }],
    loginIdInfos: [],
  }),
]);

/** The default profile of the id with some fields replaced; undefined takes a field away. */
function user(number: number, about: string, changes: Readonly<Record<string, unknown>>): WalletUser {
  const userId = idOf(number);
  return { userId, about, userInfo: { ...defaultUserInfo(userId), ...changes } };
}

/** These fields and the user id. */
function only(number: number, about: string, fields: Readonly<Record<string, unknown>>): WalletUser {
  const userId = idOf(number);
  return { userId, about, userInfo: { userId, ...fields } };
}

function idOf(number: number): string {
  return `${FIRST_ID.slice(0, -2)}${String(number).padStart(2, '0')}`;
}
