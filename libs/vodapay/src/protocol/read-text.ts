import { ownValue, type JsonObject } from './json-object.js';

/** Control characters, line and paragraph separators, halves of surrogate pairs: no part of a text that somebody wrote. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;

/** Most texts: seen at once, where the classes of Unicode are looked up character by character. */
const PLAIN = /^[!-~][ -~]*$/;

/**
 * An object's own text of at most `maxLength` UTF-16 units, as it came; `undefined` for everything else: another type,
 * blank, too long, or with control characters.
 */
export function readText(object: JsonObject, name: string, maxLength: number): string | undefined {
  const value = ownValue(object, name);
  if (typeof value !== 'string' || value.length > maxLength) return undefined;
  if (PLAIN.test(value)) return value;
  return value.trim() === '' || UNPRINTABLE.test(value) ? undefined : value;
}
