import { isJsonObject, ownValue, type JsonObject } from './json-object.js';
import { readText } from './read-text.js';

/** The `result` of an answer. */
export interface WalletResult {
  readonly status: 'S' | 'F' | 'U';
  /** Absent when it is not a text of 1-64 characters. */
  readonly code?: string;
  /** VodaPay's words, at most 256 characters. They may hold personal data: for no log and no error. */
  readonly message?: string;
}

export interface ParsedAnswer {
  readonly body: JsonObject;
  readonly result: WalletResult;
}

/** Why a body is no answer; a sentence's end without any part of the body. */
export interface UnreadableAnswer {
  readonly problem: string;
}

/** Reads a body as strict UTF-8, JSON and an object with a `result` of a status the protocol knows. */
export function parseAnswer(bytes: Uint8Array): ParsedAnswer | UnreadableAnswer {
  const body = parseJson(bytes);
  if (body === undefined) return { problem: 'is not JSON in UTF-8' };
  if (!isJsonObject(body)) return { problem: 'is JSON but no object' };
  const result = ownValue(body, 'result');
  if (!isJsonObject(result)) return { problem: 'has no result object' };
  const status = readText(result, 'resultStatus', 1);
  if (status !== 'S' && status !== 'F' && status !== 'U') {
    return { problem: 'has a resultStatus other than S, F and U' };
  }
  const code = readText(result, 'resultCode', 64);
  const message = readText(result, 'resultMessage', 256) ?? readText(result, 'resultMsg', 256);
  return {
    body,
    result: { status, ...(code === undefined ? {} : { code }), ...(message === undefined ? {} : { message }) },
  };
}

const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** `undefined` for what is no JSON. A byte order mark is left in place, and JSON.parse refuses it. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(STRICT_UTF8.decode(bytes));
  } catch {
    // The error of JSON.parse quotes the body: it must not travel on.
    return undefined;
  }
}
