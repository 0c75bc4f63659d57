import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packScopes, unpackScopes } from '../../libs/vodapay/src/protocol/pack-scopes.js';
import { releasedScopes } from '../../libs/vodapay/src/protocol/released-scopes.js';
import { SCOPES, type VodaPayScope } from '../../libs/vodapay/src/protocol/scopes.js';

const ALL = Object.keys(SCOPES) as VodaPayScope[];
const phone = (loginId: string) => ({ loginIdInfos: [{ loginIdType: 'MOBILE_PHONE', loginId }] });

describe('the scopes whose data an answer holds', () => {
  it.each([
    [{ userId: '1' }, ['auth_base', 'USER_ID']],
    [{ nickName: 'Zoë' }, ['auth_user', 'USER_NICKNAME']],
    [{ userName: { fullName: 'Zoë van Wyk' } }, ['auth_user', 'USER_NAME']],
    [{ avatar: 'https://example.com/a.png' }, ['auth_user', 'USER_AVATAR']],
    [{ gender: 'F' }, ['auth_user', 'USER_GENDER']],
    [{ birthDate: '1990-02-28' }, ['auth_user', 'USER_BIRTHDAY']],
    [{ birthday: '1990-02-28' }, ['auth_user', 'USER_BIRTHDAY']],
    [{ nationality: 'ZA' }, ['auth_user', 'USER_NATIONALITY']],
    [{ contactInfos: [{ contactType: 'EMAIL', contactNo: 'zoe@example.com' }] }, ['USER_CONTACTINFO']],
    [{ userAddresses: [{ city: 'Durban' }] }, ['USER_ADDRESS']],
    [{ loginIdInfos: [{ loginIdType: 'EMAIL', hashLoginId: 'ab'.repeat(32) }] }, ['HASH_LOGIN_ID']],
    [phone('27-612345678'), ['PLAINTEXT_MOBILE_PHONE']],
  ] as const)('%j: %j', (userInfo, scopes) => {
    expect(releasedScopes(userInfo)).toEqual(scopes);
  });

  it.each([
    {},
    { nickName: null, userName: {}, contactInfos: [], userAddresses: null, loginIdInfos: [null, 'x', {}] },
    { nickName: '  ', avatar: '', gender: 1, contactInfos: 'EMAIL-less'.slice(0, 0) },
    phone('27-6****5678'),
    { loginIdInfos: [{ loginIdType: 'EMAIL', loginId: 'zoe@example.com' }] },
    { loginIdInfos: { loginIdType: 'MOBILE_PHONE', loginId: '27-612345678' } },
    Object.create({ nickName: 'inherited' }) as object,
  ])('nothing that is empty, masked, inherited or of another kind releases one: %j', (userInfo) => {
    expect(releasedScopes(userInfo as Readonly<Record<string, unknown>>)).toEqual([]);
  });

  it('come back from their packed form, whatever bits a later version may add to it', () => {
    fc.assert(
      fc.property(fc.subarray(ALL), (scopes) => {
        expect(unpackScopes(packScopes(scopes))).toEqual(scopes);
        expect(unpackScopes(packScopes(scopes) | (1 << 30))).toEqual(scopes);
      }),
    );
    expect(unpackScopes(0)).toEqual([]);
  });

  it('keep their bits, which are stored', () => {
    expect(ALL.map((scope) => SCOPES[scope].bit)).toEqual(ALL.map((_, index) => index));
  });
});
