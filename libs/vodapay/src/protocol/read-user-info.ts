import { VodaPayError } from '../errors/vodapay-error.js';
import { isJsonObject, ownValue, type JsonObject } from './json-object.js';
import { presentOnly } from './present-only.js';
import { findContact, readContacts, readLoginContacts, readLoginIds } from './read-contacts.js';
import { readText } from './read-text.js';
import { releasedScopes } from './released-scopes.js';
import type { SuccessfulAnswer } from './successful-answer.js';
import type { VodaPayUserInfo } from './vodapay-user-info.js';

/** The maximum that VodaPay gives for nick name and avatar; taken for every text without one of its own. */
const MAX_TEXT_LENGTH = 256;
const MAX_EXTEND_INFO_LENGTH = 4096;

/**
 * The user of an `inquiryUserInfo` answer, in our names. Everything but the object itself is optional: what is of
 * another type, too long or unprintable is left out. Throws VODAPAY_USER_INFO_MISSING when there is no `userInfo`.
 */
export function readUserInfo(answer: SuccessfulAnswer): VodaPayUserInfo {
  const userInfo = ownObject(answer, 'userInfo');
  if (userInfo === undefined) throw new VodaPayError('VODAPAY_USER_INFO_MISSING');
  const contacts = readContacts(userInfo);
  const reachable = [...contacts, ...readLoginContacts(userInfo)];
  const userName = ownObject(userInfo, 'userName') ?? NO_NAME;
  const text = (name: string): string | undefined => readText(userInfo, name, MAX_TEXT_LENGTH);
  const known = {
    userId: readUserId(userInfo),
    contacts,
    loginIds: readLoginIds(userInfo),
    scopes: releasedScopes(userInfo),
  };
  const fields = {
    status: text('status'),
    gender: text('gender'),
    birthDate: text('birthDate') ?? text('birthday'),
    nationality: text('nationality'),
    kycLevel: text('kycLevel'),
    nickName: readName(userInfo, 'nickName'),
    fullName: readName(userName, 'fullName'),
    firstName: readName(userName, 'firstName'),
    middleName: readName(userName, 'middleName'),
    lastName: readName(userName, 'lastName'),
    avatar: readWebAddress(userInfo, 'avatar'),
    email: findContact(reachable, 'EMAIL'),
    phone: findContact(reachable, 'MOBILE_PHONE'),
    extendInfo: readExtendInfo(userInfo),
  };
  return Object.freeze(presentOnly(fields, known));
}

const NO_NAME: JsonObject = Object.freeze({});

/** As sent and whole: whether it is usable is judged elsewhere, and nothing here may bend it into another user's. */
function readUserId(userInfo: JsonObject): string | undefined {
  const userId = ownValue(userInfo, 'userId');
  return typeof userId === 'string' ? userId : undefined;
}

/** The sandbox fills names that it does not have with these. */
const PLACEHOLDER = /default(firstname|surname)/i;

function readName(object: JsonObject, name: string): string | undefined {
  const text = readText(object, name, MAX_TEXT_LENGTH);
  return text === undefined || PLACEHOLDER.test(text) ? undefined : text;
}

/** Only http and https: the address will stand in somebody's page. */
function readWebAddress(object: JsonObject, name: string): string | undefined {
  const text = readText(object, name, MAX_TEXT_LENGTH);
  return text !== undefined && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : undefined;
}

/** JSON as a text may be laid out in lines, so control characters are let through. */
function readExtendInfo(userInfo: JsonObject): string | undefined {
  const text = ownValue(userInfo, 'extendInfo');
  return typeof text === 'string' && text !== '' && text.length <= MAX_EXTEND_INFO_LENGTH ? text : undefined;
}

function ownObject(object: JsonObject, name: string): JsonObject | undefined {
  const value = ownValue(object, name);
  return isJsonObject(value) ? value : undefined;
}
