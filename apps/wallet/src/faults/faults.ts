import type { CallKind } from '../protocol/operations.js';
import { makeResult } from '../protocol/result.js';
import { RESULT_CODES, type ResultCode } from '../protocol/result-codes.js';
import type { Fault } from './fault.js';

const ANY: readonly CallKind[] = ['token', 'refresh', 'inquiry'];
const INQUIRY: readonly CallKind[] = ['inquiry'];
const MEBIBYTE = 1024 * 1024;
const TEN_MINUTES_MS = 600_000;
const BARE = { signature: 'none', bare: true } as const;
const HTML = '<!doctype html><title>502</title><h1>Bad gateway</h1>\n';

const RESULT_FAULTS: Readonly<Record<string, Fault>> = Object.fromEntries(
  (Object.keys(RESULT_CODES) as ResultCode[])
    .filter((code) => code !== 'SUCCESS')
    .map((code) => [code, resultFault(code)]),
);

/** Every fault by name, besides `<fault>:<CODE>`, which `parseFault` puts together. */
export const FAULTS: Readonly<Record<string, Fault>> = Object.freeze({
  // Signature and headers
  'bad-signature': { says: 'Signature over another text', calls: ANY, carriesOut: true, seal: { signature: 'broken' } },
  unsigned: { says: 'No Signature header', calls: ANY, carriesOut: true, seal: { signature: 'none' } },
  stale: sealed('Response-Time ten minutes in the past', { addToTimeMs: -TEN_MINUTES_MS }),
  future: sealed('Response-Time ten minutes in the future', { addToTimeMs: TEN_MINUTES_MS }),
  'other-client': sealed('Signed for another Client-Id', { clientId: '2021000000000000000000' }),
  'unknown-key': sealed('Signed under a key version nobody knows', { addToKeyVersion: 98 }),

  // Results
  U: { ...resultFault('UNKNOWN_EXCEPTION'), says: 'UNKNOWN_EXCEPTION; the work was done' },
  traffic: { ...resultFault('REQUEST_TRAFFIC_EXCEED_LIMIT'), says: 'Over the traffic limit' },
  'unseen-F': unseenResult('F'),
  'unseen-U': unseenResult('U'),
  'status-A': {
    says: 'resultStatus A, which exists for payments only',
    calls: ANY,
    carriesOut: true,
    payload: (payload) => ({ ...payload, result: { ...payload.result, resultStatus: 'A' } }),
  },

  // Bodies, signed as if nothing were wrong
  'not-json': body('Text that is not JSON', () => 'OK'),
  'not-object': body('JSON that is not an object', (text) => `[${text}]`),
  'no-result': payload('No result object', ANY, (whole) => without(whole, 'result')),
  'no-user-info': payload('S without userInfo', INQUIRY, ({ result }) => ({ result })),
  'no-user-id': payload('userInfo without userId', INQUIRY, (payload) => withUserInfo(payload, { userId: undefined })),
  'blank-user-id': payload('userId of blanks', INQUIRY, (payload) => withUserInfo(payload, { userId: '   ' })),
  'numeric-user-id': {
    says: 'userId as a number larger than 2^53',
    calls: INQUIRY,
    carriesOut: true,
    text: (text) => text.replace(/"userId":"(?:\\.|[^"\\])*"/, '"userId":216610000000000000001'),
  },
  'no-access-token': payload('S without accessToken', ['token', 'refresh'], (whole) => without(whole, 'accessToken')),
  'too-large': body('More than 1 MiB', (text) => text.replace(/\}$/, `,"padding":"${'x'.repeat(MEBIBYTE + 1)}"}`)),

  // The gateway in front
  html: {
    says: 'An HTML page with status 200',
    calls: ANY,
    carriesOut: true,
    text: () => HTML,
    http: { status: 200, headers: { 'content-type': 'text/html' } },
    seal: BARE,
  },
  redirect: gateway('A redirect (307)', 307, { location: '/moved' }),
  '404': gateway('HTTP 404 without a result', 404, {}),
  '429': gateway('HTTP 429 with Retry-After', 429, { 'retry-after': '1' }),
  '500': { ...gateway('HTTP 500 without a result', 500, {}), carriesOut: true },
  '502': { ...gateway('HTTP 502 without a result', 502, {}), carriesOut: true },

  // The way back
  slow: { says: 'The answer comes late', calls: ANY, carriesOut: true, delivery: 'slow' },
  hang: { says: 'The answer never comes', calls: ANY, carriesOut: true, delivery: 'hang' },
  cut: { says: 'The connection ends in the middle of the body', calls: ANY, carriesOut: true, delivery: 'cut' },
  reset: { says: 'The connection is reset before an answer', calls: ANY, carriesOut: true, delivery: 'reset' },

  ...RESULT_FAULTS,
});

function resultFault(code: ResultCode): Fault {
  const { status, calls } = RESULT_CODES[code];
  return {
    says: `${code}, signed`,
    calls,
    // After "failed for unknown reasons" the code may be used up: here it always is. The other codes refuse the work.
    carriesOut: code === 'UNKNOWN_EXCEPTION' && status === 'U',
    payload: () => ({ result: makeResult(code) }),
  };
}

function unseenResult(status: 'F' | 'U'): Fault {
  const result = { resultCode: 'NEVER_SEEN_BEFORE', resultStatus: status, resultMessage: 'A code of no table.' };
  return { says: `A code of no table, status ${status}`, calls: ANY, carriesOut: false, payload: () => ({ result }) };
}

function sealed(says: string, seal: Omit<NonNullable<Fault['seal']>, 'signature'>): Fault {
  return { says, calls: ANY, carriesOut: true, seal: { signature: 'valid', ...seal } };
}

function body(says: string, text: NonNullable<Fault['text']>): Fault {
  return { says, calls: ANY, carriesOut: true, text };
}

function payload(says: string, calls: readonly CallKind[], change: NonNullable<Fault['payload']>): Fault {
  return { says, calls, carriesOut: true, payload: change };
}

function gateway(says: string, status: number, headers: Readonly<Record<string, string>>): Fault {
  return {
    says,
    calls: ANY,
    carriesOut: false,
    text: () => HTML.replaceAll('502', String(status)).replace('Bad gateway', 'Error'),
    http: { status, headers: { 'content-type': 'text/html', ...headers } },
    seal: BARE,
  };
}

function without(payload: Readonly<Record<string, unknown>>, field: string): unknown {
  return Object.fromEntries(Object.entries(payload).filter(([name]) => name !== field));
}

function withUserInfo(payload: Readonly<Record<string, unknown>>, changes: Readonly<Record<string, unknown>>): unknown {
  return { ...payload, userInfo: { ...(payload['userInfo'] as object), ...changes } };
}
