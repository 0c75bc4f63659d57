import { isUserId, type WalletUser } from './wallet-user.js';

/**
 * Reads a users file: a JSON array of `{ "userId", "about"?, "userInfo" }`. The profile may be as odd as one likes.
 * Throws a TypeError that begins with `option`.
 */
export function parseUsers(text: string, option: string): readonly WalletUser[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new TypeError(`${option} is not JSON.`, { cause });
  }
  if (!Array.isArray(value)) throw new TypeError(`${option} must be a JSON array of users.`);
  return value.map((entry: unknown, index) => parseUser(entry, `${option}, user ${index + 1}`));
}

function parseUser(entry: unknown, place: string): WalletUser {
  if (!isRecord(entry)) throw new TypeError(`${place} must be an object.`);
  const { userId, about = 'From the users file', userInfo = {} } = entry;
  if (!isUserId(userId)) {
    throw new TypeError(`${place}: userId must be a string of 1 to 64 printable characters without blanks.`);
  }
  if (typeof about !== 'string') throw new TypeError(`${place}: about must be a string.`);
  if (!isRecord(userInfo)) throw new TypeError(`${place}: userInfo must be an object.`);
  return { userId, about, userInfo: { userId, ...userInfo } };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
