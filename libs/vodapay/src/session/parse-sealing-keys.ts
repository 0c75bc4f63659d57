import { createSecretKey, type KeyObject } from 'node:crypto';

const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const KEY_BYTES = 32;
const REMEDY = 'Give id:base64 with a key made by "openssl rand -base64 32".';

/**
 * Reads `id:base64,…` into key id → AES-256 key, in the order given: the first seals.
 * Throws a TypeError that names the option and never shows a key.
 */
export function parseSealingKeys(text: string, option: string): ReadonlyMap<string, KeyObject> {
  const keys = new Map<string, KeyObject>();
  for (const [index, entry] of text.split(',').entries()) {
    const { id, key } = parseEntry(entry.trim(), `${option}: key ${index + 1}`);
    if (keys.has(id)) throw new TypeError(`${option}: key ${index + 1} has an id that came before. Ids must differ.`);
    keys.set(id, key);
  }
  return keys;
}

function parseEntry(entry: string, which: string): { readonly id: string; readonly key: KeyObject } {
  const colon = entry.indexOf(':');
  if (colon === -1) throw new TypeError(`${which} is not of the form id:base64. ${REMEDY}`);
  const id = entry.slice(0, colon);
  if (!KEY_ID.test(id))
    throw new TypeError(`${which} needs an id of 1-32 characters of A-Z a-z 0-9 _ - before the colon.`);
  const encoded = entry.slice(colon + 1);
  if (!BASE64.test(encoded)) throw new TypeError(`${which} is not base64 after the colon. ${REMEDY}`);
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length !== KEY_BYTES)
    throw new TypeError(`${which} has ${bytes.length} bytes; it needs ${KEY_BYTES}. ${REMEDY}`);
  return { id, key: createSecretKey(bytes) };
}
