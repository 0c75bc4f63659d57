import http from 'node:http';
import net from 'node:net';
import { HttpService } from '@nestjs/axios';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { listenOnLoopback } from '../programs/listen-on-loopback.js';
import { ACCESS_TOKEN, AUTH_CODE, inquiryOver, resolvedOptions } from './inquiry-under-test.js';
import { ScriptedWallet, success, USER_ID } from './scripted-wallet.js';
import { selfSignedCertificate } from './self-signed-certificate.js';
import { clientVia, inquiryVia, type TransportUnderTest } from './transport.js';

/** The way through an egress proxy. */
export function describeEgress(transport: TransportUnderTest): void {
  const certificate = selfSignedCertificate({ host: 'wallet.example' });
  const wallet = new ScriptedWallet(certificate);
  const baseUrl = 'https://wallet.example';
  const asked: { readonly target: string; readonly authorization: string | undefined }[] = [];

  /** An egress proxy: it opens a tunnel, here always to the one wallet. */
  const proxy = http.createServer();
  let proxyUrl: string;
  /** So many tunnels are asked for in vain. */
  let hanging = 0;

  beforeAll(async () => {
    const walletPort = await wallet.listen();
    proxy.on('connect', (request, client: net.Socket) => {
      if (hanging > 0) {
        hanging -= 1;
        return;
      }
      asked.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] });
      const tunnel = net.connect(walletPort, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        tunnel.pipe(client).pipe(tunnel);
      });
      tunnel.on('error', () => client.destroy());
      client.on('error', () => tunnel.destroy());
    });
    proxyUrl = `http://127.0.0.1:${await listenOnLoopback(proxy)}`;
  });
  beforeEach(() => {
    asked.length = 0;
    wallet.script(success);
    for (const name of ['https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY', 'all_proxy', 'ALL_PROXY'])
      vi.stubEnv(name, '');
  });
  afterEach(() => void vi.unstubAllEnvs());
  afterAll(async () => {
    await wallet.close();
    proxy.closeAllConnections();
    proxy.close();
  });

  const options = resolvedOptions({ baseUrl, tls: { ca: [certificate.cert] }, maxAttempts: 1 });

  describe('An egress proxy', () => {
    it('of HTTPS_PROXY carries the calls, on one tunnel, with TLS to the wallet inside', async () => {
      vi.stubEnv('HTTPS_PROXY', proxyUrl);
      const inquiry = inquiryVia(transport, options);
      for (let call = 0; call < 3; call += 1) {
        await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).resolves.toMatchObject({ userId: USER_ID });
      }
      expect(asked).toEqual([{ target: 'wallet.example:443', authorization: undefined }]);
      expect(wallet.calls).toHaveLength(3);
    });

    it('is passed by for a host that NO_PROXY names', async () => {
      vi.stubEnv('HTTPS_PROXY', proxyUrl);
      vi.stubEnv('NO_PROXY', 'wallet.example');
      await expect(inquiryVia(transport, options).inquiryUserInfo(ACCESS_TOKEN)).rejects.toMatchObject({
        code: 'VODAPAY_UNREACHABLE',
      });
      expect(asked).toEqual([]);
    });

    it("may be axios' own setting, with a name and a password", async () => {
      const client = clientVia(transport, options);
      const password = 'proxy-password-0001';
      const { port } = proxy.address() as net.AddressInfo;
      client.defaults.proxy = { host: '127.0.0.1', port, auth: { username: 'merchant', password } };
      const inquiry = inquiryOver(options, Date.now, new HttpService(client));
      await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).resolves.toMatchObject({ userId: USER_ID });
      const credentials = Buffer.from(`merchant:${password}`).toString('base64');
      expect(asked).toEqual([{ target: 'wallet.example:443', authorization: `Basic ${credentials}` }]);
    });

    it('that refuses the way has sent nothing on, and its answer is not taken for that of the wallet', async () => {
      const refusing = http.createServer().on('connect', (_request, client: net.Socket) => {
        client.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
      });
      vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${await listenOnLoopback(refusing)}`);
      await expect(inquiryVia(transport, options).applyToken(AUTH_CODE)).rejects.toMatchObject({
        code: 'VODAPAY_UNREACHABLE',
        neverSent: true,
        message: expect.stringContaining('proxy refuses'),
        cause: { message: expect.stringContaining('407') },
      });
      await new Promise((resolve) => refusing.close(resolve));
    });

    it('that hangs keeps no connection from later calls', async () => {
      vi.stubEnv('HTTPS_PROXY', proxyUrl);
      hanging = 2;
      const inquiry = inquiryVia(transport, { ...options, timeoutMs: 200 }, { maxSockets: 2, connectTimeoutMs: 200 });
      const calls = [inquiry.applyToken(AUTH_CODE), inquiry.inquiryUserInfo(ACCESS_TOKEN)];
      expect(await Promise.allSettled(calls)).toMatchObject([
        { reason: { code: 'VODAPAY_DEADLINE_EXCEEDED' } },
        { reason: { code: 'VODAPAY_DEADLINE_EXCEEDED' } },
      ]);
      wallet.script(success);
      await vi.waitFor(
        () => expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).resolves.toMatchObject({ userId: USER_ID }),
        {
          timeout: 3_000,
        },
      );
      expect(wallet.calls.every(({ path }) => path.endsWith('inquiryUserInfo'))).toBe(true);
    });

    it('closes its tunnels when the application shuts down', async () => {
      vi.stubEnv('HTTPS_PROXY', proxyUrl);
      const inquiry = inquiryVia(transport, options);
      await inquiry.inquiryUserInfo(ACCESS_TOKEN);
      const [ours] = [...wallet.connections].slice(-1);
      inquiry.onApplicationShutdown();
      await vi.waitFor(() => expect(ours !== undefined && wallet.connections.has(ours)).toBe(false));
    });

    it('that nobody listens on has sent nothing on', async () => {
      const gone = http.createServer();
      vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${await listenOnLoopback(gone)}`);
      await new Promise((resolve) => gone.close(resolve));
      await expect(inquiryVia(transport, options).applyToken(AUTH_CODE)).rejects.toMatchObject({
        code: 'VODAPAY_UNREACHABLE',
        neverSent: true,
        cause: { code: 'ECONNREFUSED' },
      });
    });

    it("is not taken from the environment where axios' setting is false", async () => {
      vi.stubEnv('HTTPS_PROXY', proxyUrl);
      const client = clientVia(transport, options);
      client.defaults.proxy = false;
      const inquiry = inquiryOver(options, Date.now, new HttpService(client));
      await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).rejects.toMatchObject({ code: 'VODAPAY_UNREACHABLE' });
      expect(asked).toEqual([]);
    });

    it('does not make an unknown certificate a known one (R10)', async () => {
      vi.stubEnv('HTTPS_PROXY', proxyUrl);
      vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
      const untrusting = resolvedOptions({ baseUrl, maxAttempts: 1 });
      await expect(inquiryVia(transport, untrusting).inquiryUserInfo(ACCESS_TOKEN)).rejects.toMatchObject({
        code: 'VODAPAY_UNREACHABLE',
        message: expect.stringContaining('self-signed'),
      });
      expect(wallet.calls).toHaveLength(0);
    });
  });
}
