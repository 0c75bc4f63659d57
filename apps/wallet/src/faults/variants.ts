import { gzipSync } from 'node:zlib';
import { ANY_CALL, type Fault, type FaultTable, type Seal } from './fault.js';

const SOUTH_AFRICA_OFFSET_MS = 7_200_000;

/** Not wrong at all: other spellings of a right answer, which a merchant must take. */
export const VARIANTS: FaultTable = {
  'url-encoded': sealed('Signature value URL-encoded', {
    encode: (signature) => encodeURIComponent(signature.toString('base64')),
  }),
  base64url: sealed('Signature value in base64url', { encode: (signature) => signature.toString('base64url') }),
  'tight-header': sealed('Signature header without blanks', {
    writeHeader: (version, value) => `algorithm=RSA256,keyVersion=${version},signature=${value}`,
  }),
  'time-with-milliseconds': sealed('Response-Time with milliseconds', {
    writeTime: (epochMs) => new Date(epochMs + SOUTH_AFRICA_OFFSET_MS).toISOString().replace('Z', '+02:00'),
  }),
  'time-in-utc': sealed('Response-Time in UTC, written with Z', {
    writeTime: (epochMs) => new Date(epochMs).toISOString().replace(/\.\d{3}Z/, 'Z'),
  }),
  spaced: whole('JSON with line ends and blanks', {
    text: (text) => JSON.stringify(JSON.parse(text), null, 2),
  }),
  escaped: whole('JSON with letters beyond ASCII escaped', {
    text: (text) =>
      text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  }),
  gzip: whole('Body compressed, signed before that', {
    wrap: (content) => gzipSync(content),
    http: { status: 200, headers: { 'content-encoding': 'gzip' } },
  }),
  'result-msg': whole('resultMsg for resultMessage', {
    payload: ({ result: { resultMessage, ...result }, ...rest }) => ({
      result: { ...result, resultMsg: resultMessage },
      ...rest,
    }),
  }),
  'more-fields': whole('Fields that nobody has seen', {
    payload: (payload) => ({ ...payload, traceId: '7f3a', extendInfo: '{"segment":"beta"}' }),
  }),
};

function sealed(says: string, seal: Omit<Seal, 'signature'>): Fault {
  return whole(says, { seal: { signature: 'valid', ...seal } });
}

function whole(says: string, steps: Partial<Fault>): Fault {
  return { says, calls: ANY_CALL, carriesOut: true, ...steps };
}
