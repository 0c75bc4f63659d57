import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWallet, type RunningWallet } from '../../apps/wallet/src/start-wallet.js';
import { applyToken, CLIENT_ID, MERCHANT } from './merchant-client.js';

let wallet: RunningWallet;
beforeAll(async () => {
  wallet = await startWallet({ clientId: CLIENT_ID, merchantPublicKey: MERCHANT.publicKey });
});
afterAll(() => wallet.stop());

/** A connection on which that was written, as no client of HTTP would do. */
function write(url: string, bytes: string | Buffer): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(bytes);
  return socket;
}

const head = (...lines: readonly string[]): string =>
  ['POST /v2/authorizations/applyToken HTTP/1.1', 'Host: wallet', ...lines, '', ''].join('\r\n');

const MALFORMED: readonly (readonly [what: string, bytes: string | Buffer, answer: RegExp])[] = [
  [
    'words',
    'hello\r\n\r\n',
    /^HTTP\/1\.1 400 .*An HTTP\/1\.1 request was expected, .*: Invalid method encountered\.\n$/s,
  ],
  [
    'TLS',
    Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252]),
    /^HTTP\/1\.1 400 .*TLS came: write http:\/\/ in the address\.\n$/s,
  ],
  ['a header without a colon', head('Client-Id'), /^HTTP\/1\.1 400 .*: Invalid header token\.\n$/s],
  [
    'a length that is no number',
    head('Content-Length: all'),
    /^HTTP\/1\.1 400 .*: Invalid character in Content-Length/s,
  ],
  ['a broken chunk', `${head('Transfer-Encoding: chunked')}zz\r\n`, /^HTTP\/1\.1 400 .*in chunk size\.\n$/s],
  [
    'endless headers',
    head(`Signature: ${'x'.repeat(20_000)}`),
    /^HTTP\/1\.1 431 .*must have at most 16384 bytes\.\n$/s,
  ],
];

describe('What is no HTTP', () => {
  it.each(MALFORMED)('is told what was expected: %s', async (_, bytes, answer) => {
    expect(await text(write(wallet.url, bytes))).toMatch(answer);
  });

  it('is told so by the control port too', async () => {
    expect(await text(write(wallet.controlUrl, 'hello\r\n\r\n'))).toContain('An HTTP/1.1 request was expected');
  });

  it('adds nothing to an answer that is under way', async () => {
    const host = new URL(wallet.controlUrl).host;
    const socket = write(wallet.controlUrl, `GET /events HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    const [start] = (await once(socket, 'data')) as [Buffer];
    expect(start.toString()).toMatch(/^HTTP\/1\.1 200 /);
    socket.write('hello\r\n\r\n');
    expect(await text(socket)).not.toContain('HTTP/1.1');
  });

  it('does no harm to the others when it is gone before its answer', async () => {
    const socket = write(wallet.url, 'hello\r\n\r\n');
    await once(socket, 'connect');
    socket.resetAndDestroy();
    await once(socket, 'close');
    expect((await applyToken(wallet.url, 'x')).json.result.resultCode).toBe('INVALID_CODE');
  });
});
