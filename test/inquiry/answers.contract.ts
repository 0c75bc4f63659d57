import type { ServerResponse } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ACCESS_TOKEN } from './inquiry-under-test.js';
import { hangUp, refusal, S, signatureHeaders, signed, USER_ID, type Reply } from './scripted-wallet.js';
import { inquiryVia, type TransportUnderTest } from './transport.js';
import { useScriptedWallet } from './use-scripted-wallet.js';

const answer = { result: S, userInfo: { userId: USER_ID } };
const text = JSON.stringify(answer);

/** Writes raw HTTP, so that an answer can be wrong in ways that node:http would not write. */
const rawly =
  (write: (headers: string) => readonly string[]): Reply =>
  (call, response: ServerResponse) => {
    const headers = Object.entries(signatureHeaders(call, text)).map(([name, value]) => `${name}: ${value}\r\n`);
    response.socket?.end(write(headers.join('')).join(''));
  };

const html: Reply = (_call, response) => {
  response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>maintenance</html>');
};

const plain =
  (status: number, body = '', headers: Record<string, string> = {}): Reply =>
  (_call, response) =>
    void response.writeHead(status, headers).end(body);

/** What is taken for an answer, and what is not. */
export function describeAnswers(transport: TransportUnderTest): void {
  const wallet = useScriptedWallet();

  describe('an inquiry that the wallet answers wrongly', () => {
    const cases: readonly (readonly [title: string, reply: Reply, code: string, status: number, calls: number])[] = [
      ['not at all: it hangs up', hangUp, 'VODAPAY_UNREACHABLE', 503, 3],
      ['with a server error', plain(500), 'VODAPAY_WALLET_UNAVAILABLE', 503, 3],
      ['with 503', plain(503, 'down'), 'VODAPAY_WALLET_UNAVAILABLE', 503, 3],
      ['with 404 and no result', plain(404, 'no'), 'VODAPAY_RESPONSE_STATUS_UNEXPECTED', 502, 1],
      ['with a redirect', plain(302, '', { Location: '/elsewhere' }), 'VODAPAY_RESPONSE_REDIRECT', 502, 1],
      ['with 307', plain(307, '', { Location: 'https://example.com' }), 'VODAPAY_RESPONSE_REDIRECT', 502, 1],
      ['with a page of HTML', html, 'VODAPAY_RESPONSE_MALFORMED', 502, 1],
      ['without a signature', plain(200, text), 'VODAPAY_RESPONSE_UNSIGNED', 502, 1],
      [
        'with other bytes than it signed',
        signed(answer, { encode: (signedText) => Buffer.from(signedText.replace('success', 'SUCCESS')) }),
        'VODAPAY_RESPONSE_SIGNATURE_INVALID',
        502,
        1,
      ],
      [
        'for another client',
        signed(answer, { headers: { 'Client-Id': '1' } }),
        'VODAPAY_RESPONSE_CLIENT_MISMATCH',
        502,
        1,
      ],
      [
        'cut, though its length was announced',
        rawly((headers) => [`HTTP/1.1 200 OK\r\n${headers}Content-Length: ${text.length}\r\n\r\n`, text.slice(0, 40)]),
        'VODAPAY_RESPONSE_INCOMPLETE',
        502,
        3,
      ],
      [
        'cut in its chunks',
        rawly((headers) => [
          `HTTP/1.1 200 OK\r\n${headers}Transfer-Encoding: chunked\r\n\r\n`,
          `${text.length.toString(16)}\r\n${text}\r\n`,
        ]),
        'VODAPAY_RESPONSE_INCOMPLETE',
        502,
        3,
      ],
      [
        'cut in its headers',
        rawly(() => ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-']),
        'VODAPAY_UNREACHABLE',
        503,
        3,
      ],
      [
        'with two lengths',
        rawly((headers) => [`HTTP/1.1 200 OK\r\n${headers}Content-Length: 5\r\nContent-Length: 6\r\n\r\n`, 'hello!']),
        'VODAPAY_RESPONSE_MALFORMED',
        502,
        1,
      ],
      [
        'with two signatures',
        rawly((headers) => [
          `HTTP/1.1 200 OK\r\n${headers}Signature: x\r\nContent-Length: ${text.length}\r\n\r\n`,
          text,
        ]),
        'VODAPAY_RESPONSE_SIGNATURE_INVALID',
        502,
        1,
      ],
      [
        'with something that is not HTTP',
        rawly(() => ['SSH-2.0-OpenSSH_9.2\r\n']),
        'VODAPAY_RESPONSE_MALFORMED',
        502,
        1,
      ],
      [
        'with endless headers',
        rawly(() => [`HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`]),
        'VODAPAY_RESPONSE_TOO_LARGE',
        502,
        1,
      ],
      [
        'announced as larger than allowed',
        plain(200, '', { 'Content-Length': '1048577' }),
        'VODAPAY_RESPONSE_TOO_LARGE',
        502,
        1,
      ],
      [
        'with gzip that is none',
        plain(200, text, { 'Content-Encoding': 'gzip' }),
        'VODAPAY_RESPONSE_MALFORMED',
        502,
        1,
      ],
      [
        'with gzip cut short',
        signed(answer, { encode: (body) => gzipSync(body).subarray(0, -20), headers: { 'Content-Encoding': 'gzip' } }),
        'VODAPAY_RESPONSE_INCOMPLETE',
        502,
        3,
      ],
      [
        'in an unknown encoding',
        plain(200, text, { 'Content-Encoding': 'zstd' }),
        'VODAPAY_RESPONSE_MALFORMED',
        502,
        1,
      ],
      ['with F', refusal('INVALID_ACCESS_TOKEN', 'F'), 'VODAPAY_ACCESS_TOKEN_INVALID', 401, 1],
      ['with PROCESS_FAIL, which is never repeated', refusal('PROCESS_FAIL', 'F'), 'VODAPAY_PROCESS_FAILED', 502, 1],
      ['with U', refusal('UNKNOWN_EXCEPTION', 'U'), 'VODAPAY_UNKNOWN_EXCEPTION', 503, 3],
      ['with S but no userInfo', signed({ result: S }), 'VODAPAY_USER_INFO_MISSING', 502, 1],
    ];

    it.each(cases)('%s', async (_title, reply, code, status, calls) => {
      wallet.script(reply);
      await expect(
        inquiryVia(transport, { baseUrl: wallet.baseUrl }).inquiryUserInfo(ACCESS_TOKEN),
      ).rejects.toMatchObject({
        code,
        status,
      });
      expect(wallet.calls).toHaveLength(calls);
      expect(wallet.calls.every((call) => call.path === '/v2/customers/user/inquiryUserInfo')).toBe(true);
    });
  });

  it('early hints are no answer yet', async () => {
    wallet.script(
      rawly((headers) => [
        'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n',
        `HTTP/1.1 200 OK\r\n${headers}Content-Length: ${text.length}\r\n\r\n`,
        text,
      ]),
    );
    await expect(
      inquiryVia(transport, { baseUrl: wallet.baseUrl }).inquiryUserInfo(ACCESS_TOKEN),
    ).resolves.toMatchObject({
      userId: USER_ID,
    });
  });

  describe('the size cap', () => {
    it('stops a stream that never ends, as soon as it is passed', async () => {
      let written = 0;
      const closed = new Promise<void>((resolve) => {
        wallet.script((_call, response) => {
          response.writeHead(200);
          const pour = (): void => {
            while (!response.destroyed && response.write(Buffer.alloc(16_384, 'x'))) written += 16_384;
          };
          response.on('drain', pour).on('close', resolve);
          pour();
        });
      });
      await expect(
        inquiryVia(transport, { baseUrl: wallet.baseUrl }).inquiryUserInfo(ACCESS_TOKEN),
      ).rejects.toMatchObject({
        code: 'VODAPAY_RESPONSE_TOO_LARGE',
      });
      await closed;
      expect(written).toBeLessThan(16 * 1_048_576);
      expect(wallet.calls).toHaveLength(1);
    });

    it('holds for what a small answer unpacks to', async () => {
      const bomb = gzipSync(Buffer.alloc(8 * 1_048_576));
      expect(bomb.byteLength).toBeLessThan(16_384);
      wallet.script((_call, response) => void response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb));
      await expect(
        inquiryVia(transport, { baseUrl: wallet.baseUrl }).inquiryUserInfo(ACCESS_TOKEN),
      ).rejects.toMatchObject({
        code: 'VODAPAY_RESPONSE_TOO_LARGE',
      });
    });

    it('lets an answer of exactly the allowed size pass', async () => {
      const filled = { ...answer, filler: '' };
      const filler = 'x'.repeat(2_048 - JSON.stringify(filled).length);
      wallet.script(signed({ ...filled, filler }));
      const inquiry = (maxResponseBytes: number) =>
        inquiryVia(transport, { baseUrl: wallet.baseUrl, maxResponseBytes }).inquiryUserInfo(ACCESS_TOKEN);
      await expect(inquiry(2_048)).resolves.toMatchObject({ userId: USER_ID });
      await expect(inquiry(2_047)).rejects.toMatchObject({ code: 'VODAPAY_RESPONSE_TOO_LARGE' });
    });
  });

  describe('a packed answer verifies after unpacking', () => {
    it.each([
      ['gzip', gzipSync],
      ['x-gzip', gzipSync],
      ['deflate', deflateSync],
      ['deflate', deflateRawSync],
      ['br', brotliCompressSync],
      ['GZIP, br', (body: string) => brotliCompressSync(gzipSync(body))],
      ['identity', (body: string) => Buffer.from(body)],
    ])('%s', async (encoding, encode) => {
      wallet.script(signed(answer, { encode, headers: { 'Content-Encoding': encoding } }));
      await expect(
        inquiryVia(transport, { baseUrl: wallet.baseUrl }).inquiryUserInfo(ACCESS_TOKEN),
      ).resolves.toMatchObject({
        userId: USER_ID,
      });
    });
  });
}
