import https from 'node:https';
import net from 'node:net';
import { HttpService } from '@nestjs/axios';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { VodaPayInquiryService } from '../../libs/vodapay/src/inquiry/vodapay-inquiry.service.js';
import { listenOnLoopback } from '../programs/listen-on-loopback.js';
import { ACCESS_TOKEN, AUTH_CODE, inquiryOver, resolvedOptions } from './inquiry-under-test.js';
import { ScriptedWallet, success, tokens, USER_ID } from './scripted-wallet.js';
import { selfSignedCertificate } from './self-signed-certificate.js';
import { clientVia, inquiryVia, type TransportUnderTest } from './transport.js';

/** Whom the calls trust, as whom they come, and that nothing is sent before that is settled. */
export function describeTls(transport: TransportUnderTest): void {
  describe('TLS', () => {
    const certificate = selfSignedCertificate();
    const wallet = new ScriptedWallet(certificate);
    let baseUrl: string;
    let port: number;
    beforeAll(async () => {
      port = await wallet.listen();
      baseUrl = `https://localhost:${port}`;
    });
    afterEach(() => void vi.unstubAllEnvs());
    afterAll(() => wallet.close());

    const trusted = { tls: { ca: [certificate.cert] } };

    /** With an agent of the application, as it sets one. */
    const withAgent = (httpsAgent: https.Agent, url: string = baseUrl): VodaPayInquiryService => {
      const options = resolvedOptions({ baseUrl: url });
      const client = clientVia(transport, options);
      client.defaults.httpsAgent = httpsAgent;
      return inquiryOver(options, Date.now, new HttpService(client));
    };

    it('refuses an unknown certificate, says why, and has sent nothing', async () => {
      wallet.script(success);
      await expect(inquiryVia(transport, { baseUrl }).applyToken(AUTH_CODE)).rejects.toMatchObject({
        code: 'VODAPAY_UNREACHABLE',
        neverSent: true,
        message: expect.stringContaining('self-signed'),
        cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      });
      expect(wallet.calls).toHaveLength(0);
    });

    it('refuses it also when the environment says not to (R10)', async () => {
      vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
      wallet.script(success);
      await expect(inquiryVia(transport, { baseUrl }).inquiryUserInfo(ACCESS_TOKEN)).rejects.toMatchObject({
        code: 'VODAPAY_UNREACHABLE',
      });
      await expect(withAgent(new https.Agent()).inquiryUserInfo(ACCESS_TOKEN)).rejects.toMatchObject({
        code: 'VODAPAY_UNREACHABLE',
      });
      expect(wallet.calls).toHaveLength(0);
    });

    it('refuses an agent that switches verification off after start-up (R10)', async () => {
      wallet.script(success);
      const client = clientVia(transport, resolvedOptions());
      const inquiry = inquiryOver({ baseUrl }, Date.now, new HttpService(client));
      client.defaults.httpsAgent = new https.Agent({ rejectUnauthorized: false });
      await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).rejects.toMatchObject({
        code: 'VODAPAY_UNREACHABLE',
        message: expect.stringContaining('rejectUnauthorized'),
      });
      expect(wallet.calls).toHaveLength(0);
    });

    it.each([
      ["the application's agent", () => withAgent(new https.Agent({ ca: certificate.cert }))],
      ['the option tls', () => inquiryVia(transport, { baseUrl, ...trusted })],
    ])('takes a private authority from %s', async (_title, inquiry) => {
      wallet.script(success);
      await expect(inquiry().inquiryUserInfo(ACCESS_TOKEN)).resolves.toMatchObject({ userId: USER_ID });
      expect(wallet.calls[0]?.verified).toBe(true);
    });

    it('is resumed by a later connection', async () => {
      wallet.script(success);
      const before = new Set(wallet.connections);
      const ours = (): boolean => [...wallet.connections].some((socket) => !before.has(socket));
      const inquiry = inquiryVia(transport, { baseUrl, ...trusted }, { idleTimeoutMs: 40 });
      wallet.resumedSessions = 0;
      await inquiry.inquiryUserInfo(ACCESS_TOKEN);
      await vi.waitFor(() => expect(ours()).toBe(false));
      expect(wallet.resumedSessions).toBe(0);
      await inquiry.inquiryUserInfo(ACCESS_TOKEN);
      expect(wallet.resumedSessions).toBe(1);
    });

    it('shows a client certificate; a wallet that misses one may have read the request', async () => {
      const client = selfSignedCertificate({ host: 'merchant.example' });
      const asking = new ScriptedWallet({ ...certificate, ca: client.cert, requestCert: true });
      const url = `https://localhost:${await asking.listen()}`;
      asking.script(tokens);
      const tls = { ...trusted.tls, cert: client.cert, key: client.key };
      await expect(inquiryVia(transport, { baseUrl: url, tls }).applyToken(AUTH_CODE)).resolves.toBeDefined();
      await expect(inquiryVia(transport, { baseUrl: url, ...trusted }).applyToken(AUTH_CODE)).rejects.toMatchObject({
        code: 'VODAPAY_UNREACHABLE',
        neverSent: false,
      });
      expect(asking.calls).toHaveLength(1);
      await asking.close();
    });

    it('refuses a certificate for another host and says so', async () => {
      wallet.script(success);
      const inquiry = inquiryVia(transport, { baseUrl: `https://127.0.0.1:${port}`, ...trusted });
      await expect(inquiry.applyToken(AUTH_CODE)).rejects.toMatchObject({
        neverSent: true,
        message: expect.stringContaining('another host name'),
      });
      expect(wallet.calls).toHaveLength(0);
    });

    it('refuses an expired certificate and says so', async () => {
      const expired = selfSignedCertificate({ expiresAt: Date.now() - 60_000 });
      const old = new ScriptedWallet(expired);
      const url = `https://localhost:${await old.listen()}`;
      await expect(
        inquiryVia(transport, { baseUrl: url, tls: { ca: [expired.cert] } }).applyToken(AUTH_CODE),
      ).rejects.toMatchObject({
        neverSent: true,
        message: expect.stringContaining('expired'),
      });
      await old.close();
    });

    it('that ends in its handshake has sent nothing', async () => {
      const server = net.createServer((socket) => socket.once('data', () => socket.destroy()));
      const handshakePort = await listenOnLoopback(server);
      await expect(
        inquiryVia(transport, { baseUrl: `https://localhost:${handshakePort}` }).applyToken(AUTH_CODE),
      ).rejects.toMatchObject({
        code: 'VODAPAY_UNREACHABLE',
        neverSent: true,
      });
      await new Promise((resolve) => server.close(resolve));
    });

    it('that hangs in its handshake keeps no connection from later calls', async () => {
      let hangs = 1;
      const sockets: net.Socket[] = [];
      const way = net.createServer((socket) => {
        sockets.push(socket);
        socket.on('error', () => undefined);
        if (hangs-- > 0) {
          socket.resume();
          return;
        }
        const onward = net.connect(port, '127.0.0.1').on('error', () => socket.destroy());
        onward.pipe(socket).pipe(onward);
      });
      const url = `https://localhost:${await listenOnLoopback(way)}`;
      wallet.script(success);
      const settings = { maxSockets: 1, connectTimeoutMs: 200 };
      const inquiry = inquiryVia(transport, { baseUrl: url, ...trusted, timeoutMs: 200, maxAttempts: 1 }, settings);
      await expect(inquiry.applyToken(AUTH_CODE)).rejects.toMatchObject({ code: 'VODAPAY_DEADLINE_EXCEEDED' });
      await vi.waitFor(
        () => expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).resolves.toMatchObject({ userId: USER_ID }),
        { timeout: 3_000 },
      );
      expect(wallet.calls.every(({ path }) => path.endsWith('inquiryUserInfo'))).toBe(true);
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => way.close(resolve));
    });

    it('spoken to a plain port is told from a wallet that is down', async () => {
      const plain = new ScriptedWallet();
      const url = `https://localhost:${await plain.listen()}`;
      await expect(
        inquiryVia(transport, { baseUrl: url, maxAttempts: 1 }).inquiryUserInfo(ACCESS_TOKEN),
      ).rejects.toMatchObject({
        code: 'VODAPAY_UNREACHABLE',
        message: expect.stringContaining('TLS'),
      });
      await plain.close();
    });

    it('goes through an egress proxy by the way of an agent of the application, whatever HTTPS_PROXY says', async () => {
      vi.stubEnv('HTTPS_PROXY', 'http://no address');
      const far = selfSignedCertificate({ host: 'wallet.example' });
      const remote = new ScriptedWallet(far);
      const walletPort = await remote.listen();
      remote.script(success);
      const asked: string[] = [];
      const httpsAgent = new https.Agent({ ca: far.cert });
      // What a proxy agent does: it makes the connection another way, and TLS with the wallet goes through it.
      const connect = httpsAgent.createConnection.bind(httpsAgent);
      httpsAgent.createConnection = (options, callback) => {
        asked.push(`${String(options.host)}:${String(options.port)}`);
        return connect({ ...options, host: '127.0.0.1', port: walletPort }, callback);
      };
      const inquiry = withAgent(httpsAgent, 'https://wallet.example');
      await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).resolves.toMatchObject({ userId: USER_ID });
      expect(asked).toEqual(['wallet.example:443']);
      await remote.close();
    });
  });
}
