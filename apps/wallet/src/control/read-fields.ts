import { isUserId } from '../users/wallet-user.js';
import { ControlError } from './control-error.js';

export type Fields = Readonly<Record<string, unknown>>;

const MAX_SCOPES = 32;
const MAX_SCOPE_CHARACTERS = 64;

/** Fields whose value in a query is a number. */
const NUMBERS: ReadonlySet<string> = new Set(['id', 'limit', 'times', 'nth', 'from', 'to', 'rate', 'seed']);
/** Fields whose value in a query is a list, separated by commas. */
const LISTS: ReadonlySet<string> = new Set(['scopes']);

/** The fields of a control request: those of its query, then those of its JSON body. An empty body is an empty object. */
export function readFields(body: Buffer, query: URLSearchParams): Fields {
  return { ...readQuery(query), ...readJson(body) };
}

function readQuery(query: URLSearchParams): Fields {
  return Object.fromEntries([...query].map(([name, text]) => [name, readQueryValue(name, text)]));
}

function readQueryValue(name: string, text: string): unknown {
  if (LISTS.has(name)) return text.split(',');
  if (!NUMBERS.has(name)) return text;
  const value = Number(text);
  // What is no number stays text, so that the check of the field refuses it.
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}

function readJson(body: Buffer): Fields {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new ControlError(400, 'The body is not JSON.');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new ControlError(400, 'The body must be a JSON object.');
  }
  return value as Fields;
}

export function readUserId({ userId }: Fields): string {
  if (isUserId(userId)) return userId;
  throw new ControlError(400, 'userId must be a string of 1 to 64 printable characters without blanks.');
}

export function readScopes({ scopes }: Fields): readonly string[] | undefined {
  if (scopes === undefined) return undefined;
  const ok =
    Array.isArray(scopes) &&
    scopes.length > 0 &&
    scopes.length <= MAX_SCOPES &&
    scopes.every((scope) => typeof scope === 'string' && scope !== '' && scope.length <= MAX_SCOPE_CHARACTERS);
  if (!ok) throw new ControlError(400, `scopes must be an array of 1 to ${MAX_SCOPES} names.`);
  return scopes as readonly string[];
}

export function readOptionalText(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  throw new ControlError(400, `${name} must be a string that is not empty.`);
}

export function readOptionalNumber(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  if (value === undefined || typeof value === 'number') return value;
  throw new ControlError(400, `${name} must be a number.`);
}
