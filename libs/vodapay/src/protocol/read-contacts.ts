import { isJsonObject, ownValue, type JsonObject } from './json-object.js';
import { normalisePhone } from './normalise-phone.js';
import { presentOnly } from './present-only.js';
import { readText } from './read-text.js';
import type { VodaPayContact, VodaPayLoginId } from './vodapay-user-info.js';

type ContactType = VodaPayContact['type'];

/** Longest type, address or number that is read. VodaPay gives no maximum for them; 256 is that of its other texts. */
const MAX_LENGTH = 256;

/** The contacts of a kind we know, in the order sent; entries that can't be read are skipped. */
export function readContacts(userInfo: JsonObject): readonly VodaPayContact[] {
  return readList(userInfo, 'contactInfos', (entry) => readContact(entry, 'contactType', 'contactNo'));
}

/** The login ids that are contacts too, since a user may have granted only these. */
export function readLoginContacts(userInfo: JsonObject): readonly VodaPayContact[] {
  return readList(userInfo, 'loginIdInfos', (entry) => readContact(entry, 'loginIdType', 'loginId'));
}

export function readLoginIds(userInfo: JsonObject): readonly VodaPayLoginId[] {
  return readList(userInfo, 'loginIdInfos', (entry) => {
    const type = readText(entry, 'loginIdType', MAX_LENGTH);
    if (type === undefined) return undefined;
    const value = readText(entry, 'loginId', MAX_LENGTH);
    const masked = readText(entry, 'maskLoginId', MAX_LENGTH);
    const hash = readText(entry, 'hashLoginId', MAX_LENGTH);
    return Object.freeze(presentOnly({ value, masked, hash }, { type }));
  });
}

/** Found by type, never by position. */
export function findContact(contacts: readonly VodaPayContact[], type: ContactType): string | undefined {
  return contacts.find((contact) => contact.type === type)?.value;
}

function readContact(entry: JsonObject, typeName: string, valueName: string): VodaPayContact | undefined {
  const type = CONTACT_TYPES.get(readText(entry, typeName, MAX_LENGTH)?.toUpperCase() ?? '');
  const sent = readText(entry, valueName, MAX_LENGTH);
  if (type === undefined || sent === undefined) return undefined;
  const value = NORMALISERS[type](sent);
  return value === undefined ? undefined : Object.freeze({ type, value });
}

const CONTACT_TYPES: ReadonlyMap<string, ContactType> = new Map([
  ['EMAIL', 'EMAIL'],
  ['MOBILE_PHONE', 'MOBILE_PHONE'],
]);

const NORMALISERS: Readonly<Record<ContactType, (sent: string) => string | undefined>> = {
  EMAIL: normaliseEmail,
  MOBILE_PHONE: normalisePhone,
};

/** As sent; a masked address (`z***@example.com`) is none. */
function normaliseEmail(sent: string): string | undefined {
  const email = sent.trim();
  return /^[^\s@*]+@[^\s@*]+$/.test(email) ? email : undefined;
}

const NONE: readonly never[] = Object.freeze([]);

function readList<T>(object: JsonObject, name: string, read: (entry: JsonObject) => T | undefined): readonly T[] {
  const list = ownValue(object, name);
  if (!Array.isArray(list)) return NONE;
  const entries = list.filter(isJsonObject).map(read);
  return Object.freeze(entries.filter((entry) => entry !== undefined));
}
