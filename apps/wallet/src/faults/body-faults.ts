import type { CallKind } from '../protocol/operations.js';
import { ANY_CALL, type Fault, type FaultTable } from './fault.js';

const MEBIBYTE = 1024 * 1024;
const TOKEN_CALLS: readonly CallKind[] = ['token', 'refresh'];

/** Wrong bodies, signed as if nothing were wrong with them. */
export const BODY_FAULTS: FaultTable = {
  'not-json': body('Text that is not JSON', { text: () => 'OK' }),
  'not-object': body('JSON that is not an object', { text: (text) => `[${text}]` }),
  'json-null': body('The JSON value null', { text: () => 'null' }),
  empty: body('No body at all', { text: () => '' }),
  bom: body('A byte order mark before the JSON', { text: (text) => `\uFEFF${text}` }),
  'not-utf-8': body('JSON with a byte that UTF-8 does not have', {
    bytes: (content) => Buffer.concat([content.subarray(0, -1), Buffer.from(',"x":"\u00ff"}', 'latin1')]),
  }),
  'no-result': body('No result object', { payload: (payload) => without(payload, 'result') }),
  'result-text': body('A result that is text', { payload: (payload) => ({ ...payload, result: 'SUCCESS' }) }),
  'no-access-token': tokens('S without accessToken', (payload) => without(payload, 'accessToken')),
  'numeric-access-token': tokens('accessToken as a number', (payload) => ({ ...payload, accessToken: 12_345 })),
  'no-refresh-token': tokens('S without refreshToken', (payload) => without(payload, 'refreshToken')),
  'odd-expiry': tokens('accessTokenExpiryTime that is no time', (payload) => ({
    ...payload,
    accessTokenExpiryTime: 'in ten years',
  })),
  'too-large': body('More than 1 MiB', {
    text: (text) => text.replace(/\}$/, `,"padding":"${'x'.repeat(MEBIBYTE + 1)}"}`),
  }),
};

function body(says: string, steps: Partial<Fault>): Fault {
  return { says, calls: ANY_CALL, carriesOut: true, ...steps };
}

function tokens(says: string, payload: NonNullable<Fault['payload']>): Fault {
  return { says, calls: TOKEN_CALLS, carriesOut: true, payload };
}

function without(payload: Readonly<Record<string, unknown>>, field: string): unknown {
  return Object.fromEntries(Object.entries(payload).filter(([name]) => name !== field));
}
