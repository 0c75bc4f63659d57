import { isUtf8 } from 'node:buffer';
import type { OperationName } from '../protocol/operations.js';
import { refusal, type Refusal } from '../protocol/result.js';

/** What a call asks for, once its body has been read. */
export type CallArguments =
  | { readonly call: 'token'; readonly authCode: string }
  | { readonly call: 'refresh'; readonly refreshToken: string }
  | { readonly call: 'inquiry'; readonly accessToken: string };

export type ArgumentsReading =
  { readonly readable: true; readonly args: CallArguments } | { readonly readable: false; readonly refusal: Refusal };

type Fields = Readonly<Record<string, unknown>>;

const MAX_HANDLE_CHARACTERS = 128;
const MAX_CLIENT_ID_CHARACTERS = 32;
const MAX_EXTEND_INFO_CHARACTERS = 4096;

/** Reads the body of a request whose signature is in order. */
export function readArguments(operation: OperationName, body: Buffer, clientId: string): ArgumentsReading {
  const fields = parseFields(body);
  if (typeof fields === 'string') return illegal(fields);
  const wrong = checkText(fields, 'extendInfo', MAX_EXTEND_INFO_CHARACTERS, 'optional');
  if (wrong !== undefined) return illegal(wrong);
  return operation === 'applyToken' ? readApplyToken(fields) : readInquiry(fields, clientId);
}

function readApplyToken(fields: Fields): ArgumentsReading {
  const wrong = checkText(fields, 'grantType', MAX_HANDLE_CHARACTERS, 'mandatory');
  if (wrong !== undefined) return illegal(wrong);
  switch (fields['grantType']) {
    case 'AUTHORIZATION_CODE':
      return readHandle(fields, 'authCode', (authCode) => ({ call: 'token', authCode }));
    case 'REFRESH_TOKEN':
      return readHandle(fields, 'refreshToken', (refreshToken) => ({ call: 'refresh', refreshToken }));
    default:
      return unreadable(
        refusal('AUTH_CLIENT_UNSUPPORTED_GRANT_TYPE', 'grantType must be AUTHORIZATION_CODE or REFRESH_TOKEN.'),
      );
  }
}

function readInquiry(fields: Fields, clientId: string): ArgumentsReading {
  const wrong = checkText(fields, 'authClientId', MAX_CLIENT_ID_CHARACTERS, 'mandatory');
  if (wrong !== undefined) return illegal(wrong);
  if (fields['authClientId'] !== clientId) {
    return unreadable(refusal('INVALID_AUTH_CLIENT', 'authClientId must equal the header Client-Id.'));
  }
  return readHandle(fields, 'accessToken', (accessToken) => ({ call: 'inquiry', accessToken }));
}

function readHandle(fields: Fields, name: string, make: (handle: string) => CallArguments): ArgumentsReading {
  const wrong = checkText(fields, name, MAX_HANDLE_CHARACTERS, 'mandatory');
  return wrong === undefined ? { readable: true, args: make(fields[name] as string) } : illegal(wrong);
}

function checkText(fields: Fields, name: string, max: number, need: 'mandatory' | 'optional'): string | undefined {
  const value = fields[name];
  if (value === undefined) return need === 'optional' ? undefined : `${name} is missing.`;
  if (typeof value !== 'string') return `${name} must be a string, came ${describe(value)}.`;
  if (value === '') return `${name} is empty.`;
  return value.length <= max ? undefined : `${name} has ${value.length} characters; at most ${max} are allowed.`;
}

/** The object that the body holds, or the sentence that says why it holds none. */
function parseFields(body: Buffer): Fields | string {
  const value = parseJson(body);
  if (value === undefined) return explainText(body);
  if (typeof value === 'string') return 'The body is a JSON string, not an object: it was serialised twice.';
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return `The body must be a JSON object, came ${describe(value)}.`;
  }
  return value as Fields;
}

function parseJson(body: Buffer): unknown {
  if (!isUtf8(body)) return undefined;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function explainText(body: Buffer): string {
  const text = body.toString('utf8');
  if (text === '') return 'The body is empty; it must be a JSON object.';
  if (text.startsWith('\ufeff')) return 'The body begins with a byte order mark; JSON in UTF-8 has none.';
  if (/^[\w.-]+=/.test(text)) return 'The body is form-encoded, not JSON.';
  return 'The body is not JSON in UTF-8.';
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
}

function illegal(message: string): ArgumentsReading {
  return unreadable(refusal('PARAM_ILLEGAL', message));
}

function unreadable(refusal: Refusal): ArgumentsReading {
  return { readable: false, refusal };
}
