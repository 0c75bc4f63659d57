import { isUserId, type WalletUser } from './wallet-user.js';

/**
 * Reads a users file: a JSON array of `{ "userId", "about"?, "userInfo", "scopes"? }`. The profile may be as odd as one
 * likes. Throws a TypeError that begins with `option`.
 */
export function parseUsers(text: string, option: string): readonly WalletUser[] {
  const value = parseJson(text, option);
  if (!Array.isArray(value)) throw new TypeError(`${option} must be a JSON array of users.`);
  const users = value.map((entry: unknown, index) => parseUser(entry, `${option}, user ${index + 1}`));
  const seen = new Set<string>();
  for (const [index, { userId }] of users.entries()) {
    if (seen.has(userId)) throw new TypeError(`${option}, user ${index + 1}: userId ${userId} stands there twice.`);
    seen.add(userId);
  }
  return users;
}

/** One user. Throws a TypeError that begins with `place`. */
export function parseUser(entry: unknown, place: string): WalletUser {
  if (!isRecord(entry)) throw new TypeError(`${place} must be an object.`);
  const { userId, about = 'From the users file', userInfo = {}, scopes } = entry;
  if (!isUserId(userId)) {
    throw new TypeError(`${place}: userId must be a string of 1 to 64 printable characters without blanks.`);
  }
  if (typeof about !== 'string') throw new TypeError(`${place}: about must be a string.`);
  if (!isRecord(userInfo)) throw new TypeError(`${place}: userInfo must be an object.`);
  if (scopes !== undefined && !isNames(scopes)) throw new TypeError(`${place}: scopes must be an array of names.`);
  return { userId, about, userInfo: { userId, ...userInfo }, ...(scopes !== undefined && { scopes }) };
}

/** The engine's own message says where: `Unexpected token … (line 3 column 5)`. */
function parseJson(text: string, option: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new TypeError(`${option} is not JSON: ${cause instanceof Error ? cause.message : 'unreadable'}.`, { cause });
  }
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string' && name !== '');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
