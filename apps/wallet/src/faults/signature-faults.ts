import { ANY_CALL, type Fault, type FaultTable, type Seal } from './fault.js';

const TEN_MINUTES_MS = 600_000;

export const SIGNATURE_FAULTS: FaultTable = {
  'bad-signature': spoilt('Signature over another text', { signature: 'broken' }),
  unsigned: spoilt('No Signature header', { signature: 'none' }),
  bare: spoilt('No Client-Id, no Response-Time, no Signature', { signature: 'none', bare: true }),
  stale: spoilt('Response-Time ten minutes in the past', { signature: 'valid', addToTimeMs: -TEN_MINUTES_MS }),
  future: spoilt('Response-Time ten minutes in the future', { signature: 'valid', addToTimeMs: TEN_MINUTES_MS }),
  'no-time': spoilt('Response-Time that is no time', { signature: 'valid', writeTime: () => 'yesterday' }),
  'other-client': spoilt('Signed for another Client-Id', { signature: 'valid', clientId: '2021000000000000000000' }),
  'unknown-key': spoilt('Signed under a key version nobody knows', { signature: 'valid', addToKeyVersion: 98 }),
  'hex-signature': spoilt('Signature value in hex', {
    signature: 'valid',
    encode: (signature) => signature.toString('hex'),
  }),
  'short-signature': spoilt('Half a signature', {
    signature: 'valid',
    encode: (signature) => signature.subarray(0, signature.length / 2).toString('base64'),
  }),
  'lost-plus': spoilt('Signature value with blanks for +', {
    signature: 'valid',
    // A value without a + would travel unharmed, so its first character goes as well.
    encode: (signature) => ` ${signature.toString('base64').replaceAll('+', ' ').slice(1)}`,
  }),
  'other-algorithm': spoilt('algorithm=HS256', {
    signature: 'valid',
    writeHeader: (version, value) => `algorithm=HS256, keyVersion=${version}, signature=${value}`,
  }),
};

function spoilt(says: string, seal: Seal): Fault {
  return { says, calls: ANY_CALL, carriesOut: true, seal };
}
