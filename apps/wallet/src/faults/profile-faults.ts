import type { CallKind } from '../protocol/operations.js';
import type { Payload } from '../protocol/result.js';
import type { Fault, FaultTable } from './fault.js';

const INQUIRY: readonly CallKind[] = ['inquiry'];
const EMAIL = { contactType: 'EMAIL', contactNo: 'second.address@example.com' };
const PHONE = { contactType: 'MOBILE_PHONE', contactNo: '27-600000099' };

/** Profiles as PROTOCOL §6 says they can be, signed. The built-in users have more of them. */
export const PROFILE_FAULTS: FaultTable = {
  'no-user-info': profile('S without userInfo', ({ result }) => ({ result })),
  'null-user-info': profile('userInfo is null', (payload) => ({ ...payload, userInfo: null })),
  'user-info-list': profile('userInfo is a list', (payload) => ({ ...payload, userInfo: [payload['userInfo']] })),
  'no-user-id': changed('userInfo without userId', { userId: undefined }),
  'blank-user-id': changed('userId of blanks', { userId: '   ' }),
  'long-user-id': changed('userId of 65 characters', { userId: '2'.repeat(65) }),
  'numeric-user-id': {
    says: 'userId as a number larger than 2^53',
    calls: INQUIRY,
    carriesOut: true,
    text: (text) => text.replace(/"userId":"(?:\\.|[^"\\])*"/, '"userId":216610000000000000001'),
  },
  'other-user': changed("Somebody else's userId", { userId: '216610000000000009999' }),
  frozen: changed('status FROZEN', { status: 'FROZEN' }),
  inactive: changed('status INACTIVE', { status: 'INACTIVE' }),
  'unseen-status': changed('A status that nobody has seen', { status: 'HIBERNATING' }),
  nulls: changed('null for every object and list', {
    userName: null,
    loginIdInfos: null,
    contactInfos: null,
    userAddresses: null,
  }),
  'numbers-for-text': changed('Numbers where text belongs', { nickName: 12_345, birthDate: 19_880_229, gender: 1 }),
  'contacts-swapped': changed('The phone first, then two e-mails', {
    contactInfos: [PHONE, { ...EMAIL, contactNo: 'first.address@example.com' }, EMAIL],
  }),
  'odd-contacts': changed('Contacts with null and unknown types', {
    contactInfos: [null, { contactType: 'FAX', contactNo: '27-210000000' }, { contactType: 'EMAIL' }, 'EMAIL'],
  }),
  'odd-phone': changed('A phone number that is none', { contactInfos: [{ ...PHONE, contactNo: 'call me' }] }),
  markup: changed('Markup in the nickname', { nickName: '<img src=x onerror=alert(1)>"\'&' }),
};

function profile(says: string, payload: NonNullable<Fault['payload']>): Fault {
  return { says, calls: INQUIRY, carriesOut: true, payload };
}

function changed(says: string, changes: Readonly<Record<string, unknown>>): Fault {
  return profile(says, (payload: Payload) => ({
    ...payload,
    userInfo: { ...(payload['userInfo'] as object), ...changes },
  }));
}
