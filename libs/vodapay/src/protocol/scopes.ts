import { isJsonObject, ownValue, type JsonObject } from './json-object.js';

interface ScopeDefinition {
  /** Its place in the packed form, which is stored: never give one to another scope. */
  readonly bit: number;
  /** Whether this `userInfo` holds what the scope releases. */
  readonly isReleased: (userInfo: JsonObject) => boolean;
}

const define = <Name extends string>(table: Record<Name, ScopeDefinition>): Readonly<Record<Name, ScopeDefinition>> =>
  Object.freeze(table);

/**
 * Scope → the fields of `userInfo` that it releases (PROTOCOL §6). `NOTIFICATION_INBOX` and its like release none, so an
 * answer never tells of them.
 */
export const SCOPES = define({
  auth_base: { bit: 0, isReleased: hasOneOf('userId') },
  auth_user: {
    bit: 1,
    isReleased: hasOneOf('nickName', 'userName', 'avatar', 'gender', 'birthDate', 'birthday', 'nationality'),
  },
  USER_ID: { bit: 2, isReleased: hasOneOf('userId') },
  USER_NICKNAME: { bit: 3, isReleased: hasOneOf('nickName') },
  USER_NAME: { bit: 4, isReleased: hasOneOf('userName') },
  USER_AVATAR: { bit: 5, isReleased: hasOneOf('avatar') },
  USER_GENDER: { bit: 6, isReleased: hasOneOf('gender') },
  USER_BIRTHDAY: { bit: 7, isReleased: hasOneOf('birthDate', 'birthday') },
  USER_NATIONALITY: { bit: 8, isReleased: hasOneOf('nationality') },
  USER_CONTACTINFO: { bit: 9, isReleased: hasOneOf('contactInfos') },
  USER_ADDRESS: { bit: 10, isReleased: hasOneOf('userAddresses') },
  HASH_LOGIN_ID: { bit: 11, isReleased: hasLoginId((entry) => isPresent(ownValue(entry, 'hashLoginId'))) },
  PLAINTEXT_MOBILE_PHONE: { bit: 12, isReleased: hasLoginId(isPlainPhone) },
});

/** A scope of `my.getAuthCode` whose data an answer of VodaPay can show. */
export type VodaPayScope = keyof typeof SCOPES;

function hasOneOf(...fields: readonly string[]): (userInfo: JsonObject) => boolean {
  return (userInfo) => {
    for (const field of fields) if (isPresent(ownValue(userInfo, field))) return true;
    return false;
  };
}

function hasLoginId(matches: (entry: JsonObject) => boolean): (userInfo: JsonObject) => boolean {
  return (userInfo) => {
    const entries = ownValue(userInfo, 'loginIdInfos');
    return Array.isArray(entries) && entries.filter(isJsonObject).some(matches);
  };
}

/** `null`, blanks and what is empty release nothing. */
function isPresent(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== '';
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** A masked number (`27-6****1234`) is not the plain one. */
function isPlainPhone(entry: JsonObject): boolean {
  const loginId = ownValue(entry, 'loginId');
  return ownValue(entry, 'loginIdType') === 'MOBILE_PHONE' && isPresent(loginId) && !String(loginId).includes('*');
}
