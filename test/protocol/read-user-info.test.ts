import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isActiveWalletUser } from '../../libs/vodapay/src/protocol/is-active-wallet-user.js';
import { judgeAnswer } from '../../libs/vodapay/src/protocol/judge-answer.js';
import { OPERATIONS } from '../../libs/vodapay/src/protocol/operations.js';
import { readUserInfo } from '../../libs/vodapay/src/protocol/read-user-info.js';
import { refusalOf } from './refusal-of.js';
import { POLICY, signedAnswer } from './signer.js';

const result = { resultCode: 'SUCCESS', resultStatus: 'S' };
const userId = '216610000000000000001';

const readWhole = (body: object) =>
  readUserInfo(judgeAnswer(OPERATIONS.inquiryUserInfo, signedAnswer({ body: { result, ...body } }), POLICY));

/** Without its scopes, which have a test of their own. */
function read(body: object) {
  const { scopes: _scopes, ...userInfo } = readWhole(body);
  return userInfo;
}

const userInfoOf = (fields: object) => read({ userInfo: { userId, ...fields } });

const NOTHING = { userId, contacts: [], loginIds: [] };

describe('the user of an answer', () => {
  it('is read whole, in our names', () => {
    const hash = 'ab'.repeat(32);
    const userInfo = userInfoOf({
      status: 'ACTIVE',
      nickName: 'Zoë 👩‍🚀',
      avatar: 'https://example.com/a.png',
      gender: 'F',
      birthDate: '1990-02-28',
      nationality: 'South Africa',
      kycLevel: '2',
      extendInfo: '{\n  "a": 1\n}',
      userName: { fullName: 'Zoë van Wyk', firstName: 'Zoë', middleName: 'Anna', lastName: 'van Wyk' },
      loginIdInfos: [
        { loginIdType: 'MOBILE_PHONE', loginId: '27-612345678', maskLoginId: '27-6****5678', hashLoginId: hash },
      ],
      contactInfos: [
        { contactType: 'EMAIL', contactNo: 'zoe@example.com' },
        { contactType: 'MOBILE_PHONE', contactNo: '27-612345678' },
      ],
      somethingNew: { a: [1, 2, 3] },
    });
    expect(userInfo).toEqual({
      userId,
      status: 'ACTIVE',
      nickName: 'Zoë 👩‍🚀',
      avatar: 'https://example.com/a.png',
      gender: 'F',
      birthDate: '1990-02-28',
      nationality: 'South Africa',
      kycLevel: '2',
      extendInfo: '{\n  "a": 1\n}',
      fullName: 'Zoë van Wyk',
      firstName: 'Zoë',
      middleName: 'Anna',
      lastName: 'van Wyk',
      email: 'zoe@example.com',
      phone: '+27612345678',
      contacts: [
        { type: 'EMAIL', value: 'zoe@example.com' },
        { type: 'MOBILE_PHONE', value: '+27612345678' },
      ],
      loginIds: [{ type: 'MOBILE_PHONE', value: '27-612345678', masked: '27-6****5678', hash }],
    });
    expect(Object.isFrozen(userInfo.contacts) && Object.isFrozen(userInfo.loginIds[0])).toBe(true);
    expect(Object.isFrozen(readWhole({ userInfo: { userId } }))).toBe(true);
  });

  it('may be nothing but a user id (scope auth_base)', () => {
    expect(userInfoOf({})).toStrictEqual(NOTHING);
  });

  it.each([
    ['missing', {}],
    ['null', { userInfo: null }],
    ['an array', { userInfo: [{ userId }] }],
    ['a text', { userInfo: userId }],
    ['only inherited', { ['__proto__']: { userInfo: { userId } } }],
  ])('is missing when userInfo is %s', (_, body) => {
    expect(refusalOf(() => read(body))).toMatchObject({ code: 'VODAPAY_USER_INFO_MISSING', status: 502 });
  });

  it.each([
    ['null', null],
    ['a number', 216_610_000_000_000],
    ['an object', { id: userId }],
    ['an array', [userId]],
  ])('R12: has no user id when that is %s: nothing is converted', (_, value) => {
    expect(userInfoOf({ userId: value }).userId).toBeUndefined();
  });

  it.each([' o1 ', 'O1', 'null', '', 'x'.repeat(100)])('R12: keeps the user id %j as sent, to be judged', (value) => {
    expect(userInfoOf({ userId: value }).userId).toBe(value);
  });

  it('R12: has no user id that is only inherited', () => {
    expect(
      read({ userInfo: JSON.parse('{"__proto__":{"userId":"216610000000000000001"}}') as object }).userId,
    ).toBeUndefined();
  });

  it('R12: has no user id that other code has put on every object', () => {
    Reflect.defineProperty(Object.prototype, 'userId', { value: userId, configurable: true });
    try {
      expect(read({ userInfo: { nickName: 'Zoë' } }).userId).toBeUndefined();
    } finally {
      Reflect.deleteProperty(Object.prototype, 'userId');
    }
  });

  it.each([null, 5, true, 'text', [], {}, [null], [5, 'x', [], {}]])('skips whatever else is %j', (value) => {
    const names = ['status', 'nickName', 'avatar', 'gender', 'birthDate', 'birthday', 'nationality', 'kycLevel'];
    const lists = ['loginIdInfos', 'contactInfos', 'userAddresses', 'userName', 'extendInfo'];
    const fields = Object.fromEntries(
      [...names, ...lists].map((name) => [name, typeof value === 'string' ? 5 : value]),
    );
    expect(userInfoOf(fields)).toStrictEqual(NOTHING);
  });

  it.each([
    ['over-long', 'x'.repeat(257)],
    ['with a control character', 'Zo\u0000e'],
    ['with a newline', 'Zo\ne'],
    ['with half a surrogate pair', 'Zo\uD83D'],
    ['empty', ''],
    ['blank', '   '],
  ])('drops texts %s', (_, text) => {
    const userName = { fullName: text, firstName: text, middleName: text, lastName: text };
    expect(userInfoOf({ nickName: text, gender: text, nationality: text, status: text, userName })).toStrictEqual(
      NOTHING,
    );
  });

  it('keeps texts of 256 characters', () => {
    expect(userInfoOf({ nickName: 'x'.repeat(256) }).nickName).toHaveLength(256);
  });

  it('drops an extendInfo above 4096 characters', () => {
    expect(userInfoOf({ extendInfo: 'x'.repeat(4096) }).extendInfo).toHaveLength(4096);
    expect(userInfoOf({ extendInfo: 'x'.repeat(4097) })).toStrictEqual(NOTHING);
  });

  it('reads the older name of the birth date, and prefers the newer', () => {
    expect(userInfoOf({ birthday: '1990-01-01' }).birthDate).toBe('1990-01-01');
    expect(userInfoOf({ birthday: '1990-01-01', birthDate: '1991-01-01' }).birthDate).toBe('1991-01-01');
  });

  it('drops the sandbox’s placeholders', () => {
    const userName = {
      fullName: 'defaultFirstname defaultSurname',
      firstName: 'defaultFirstname',
      middleName: 'Anna',
      lastName: 'defaultSurname',
    };
    expect(userInfoOf({ userName, nickName: 'defaultFirstname' })).toStrictEqual({ ...NOTHING, middleName: 'Anna' });
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '//example.com/a.png', 'a.png', 'https://'])(
    'drops the avatar %s, which is no web address',
    (avatar) => {
      expect(userInfoOf({ avatar })).toStrictEqual(NOTHING);
    },
  );
});

describe('e-mail and phone', () => {
  const phoneOf = (contactNo: string) =>
    userInfoOf({ contactInfos: [{ contactType: 'MOBILE_PHONE', contactNo }] }).phone;

  it('are found by type, never by position', () => {
    const contactInfos = [
      null,
      { contactType: 'FAX', contactNo: '27-111111111' },
      { contactType: 'MOBILE_PHONE', contactNo: null },
      { contactType: 'MOBILE_PHONE', contactNo: '27-612345678' },
      { contactType: 'EMAIL', contactNo: 'zoe@example.com' },
      { contactType: 'EMAIL', contactNo: 'second@example.com' },
    ];
    expect(userInfoOf({ contactInfos })).toMatchObject({ email: 'zoe@example.com', phone: '+27612345678' });
  });

  it('come from the login ids where no contact gives them', () => {
    const loginIdInfos = [
      { loginIdType: 'EMAIL', loginId: 'login@example.com' },
      { loginIdType: 'MOBILE_PHONE', loginId: '27-698765432' },
    ];
    const contactInfos = [{ contactType: 'EMAIL', contactNo: 'contact@example.com' }];
    expect(userInfoOf({ loginIdInfos, contactInfos })).toMatchObject({
      email: 'contact@example.com',
      phone: '+27698765432',
    });
  });

  it.each([
    ['27-612345678', '+27612345678'],
    ['27-61 234 5678', '+27612345678'],
    ['27612345678', '+27612345678'],
    ['+27 61 234 5678', '+27612345678'],
    ['+27-612345678', '+27612345678'],
    ['44-7911123456', '+447911123456'],
  ])('%s is the number %s', (sent, phone) => {
    expect(phoneOf(sent)).toBe(phone);
  });

  it.each(['0612345678', '061 234 5678', '1234567890', '+0612345678', '27-123456789012345'])(
    '%s stays as it was sent: its country cannot be told',
    (sent) => {
      expect(phoneOf(sent)).toBe(sent);
    },
  );

  it.each(['27-6****5678', 'none', '-', '12', '+'])('%s is no number', (sent) => {
    expect(phoneOf(sent)).toBeUndefined();
  });

  it.each(['z***@example.com', 'zoe', '@', 'a@b@c', 'zoe @example.com'])('%s is no address', (contactNo) => {
    expect(userInfoOf({ contactInfos: [{ contactType: 'EMAIL', contactNo }] }).email).toBeUndefined();
  });

  it('of login ids of a new type are listed and used for nothing', () => {
    const loginIdInfos = [{ loginIdType: 'PASSKEY', loginId: 'zoe@example.com' }, { loginId: 'zoe@example.com' }];
    expect(userInfoOf({ loginIdInfos })).toStrictEqual({
      ...NOTHING,
      loginIds: [{ type: 'PASSKEY', value: 'zoe@example.com' }],
    });
  });
});

describe('any userInfo at all', () => {
  it('is read without an error', () => {
    const names = ['userId', 'status', 'nickName', 'avatar', 'userName', 'loginIdInfos', 'contactInfos', 'extendInfo'];
    const entry = fc.dictionary(
      fc.constantFrom('contactType', 'contactNo', 'loginIdType', 'loginId', 'hashLoginId', '__proto__', 'firstName'),
      fc.oneof(fc.jsonValue(), fc.constantFrom('EMAIL', 'MOBILE_PHONE')),
    );
    const value = fc.oneof(fc.jsonValue(), entry, fc.array(entry));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names, '__proto__'), value), (userInfo) => {
        const read = userInfoOf(userInfo);
        return Array.isArray(read.contacts) && Object.values(read).every((field) => field !== null);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a wallet user', () => {
  it.each(['FROZEN', 'INACTIVE', 'frozen', ' Inactive '])('of status %j is refused', (status) => {
    expect(isActiveWalletUser({ status })).toBe(false);
  });

  it.each([{}, { status: 'ACTIVE' }, { status: 'BRAND_NEW' }])('of %j may sign in', (userInfo) => {
    expect(isActiveWalletUser(userInfo)).toBe(true);
  });
});
