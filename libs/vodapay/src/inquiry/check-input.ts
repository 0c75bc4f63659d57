import { validateSync } from 'class-validator';
import { VodaPayError } from '../errors/vodapay-error.js';

/**
 * Holds a caller's values against the declared class and returns them as an instance of it.
 *
 * @throws VodaPayError VODAPAY_CREDENTIALS_MALFORMED for a token or code, which come from outside.
 * @throws TypeError for the rest, which the application's programmer writes.
 */
export function checkInput<T extends object>(Input: new () => T, values: { readonly [K in keyof T]: T[K] }): T {
  const input = Object.assign(new Input(), values);
  if (Object.entries(values).every(isPlain)) return input;
  const [failure] = validateSync(input, { stopAtFirstError: true, validationError: { target: false, value: false } });
  if (failure === undefined) return input;
  const given: unknown = Object.entries(values).find(([name]) => name === failure.property)?.[1];
  const bound = BOUNDS.get(failure.property);
  const sentence = `${failure.property} is ${bound ?? 'a string'} without control characters; ${shapeOf(given)} came.`;
  if (CREDENTIALS.has(failure.property)) throw new VodaPayError('VODAPAY_CREDENTIALS_MALFORMED', { message: sentence });
  throw new TypeError(sentence);
}

/**
 * What the classes take for certain: visible ASCII within the bounds, or the optional text left out. class-validator costs
 * more than all the reading of an answer, so it is asked about the rest only, and refuses alone.
 */
function isPlain([name, value]: [string, unknown]): boolean {
  if (value === undefined) return name === 'extendInfo';
  return typeof value === 'string' && PLAIN.get(name)?.test(value) === true;
}

const PLAIN: ReadonlyMap<string, RegExp> = new Map([
  ['accessToken', /^[!-~]{1,128}$/],
  ['authCode', /^[!-~]{1,128}$/],
  ['refreshToken', /^[!-~]{1,128}$/],
  ['authClientId', /^[!-~]{1,32}$/],
]);

const CREDENTIALS: ReadonlySet<string> = new Set(['accessToken', 'authCode', 'refreshToken']);

const BOUNDS: ReadonlyMap<string, string> = new Map([
  ['accessToken', 'a string of 1 to 128 characters'],
  ['authCode', 'a string of 1 to 128 characters'],
  ['refreshToken', 'a string of 1 to 128 characters'],
  ['authClientId', 'a string of 1 to 32 characters'],
  ['extendInfo', 'a JSON text of at most 4096 characters on one line,'],
]);

function shapeOf(value: unknown): string {
  if (value === null) return 'null';
  return typeof value === 'string' ? `a string of ${value.length}` : typeof value;
}
