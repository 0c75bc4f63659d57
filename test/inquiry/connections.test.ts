import https from 'node:https';
import net from 'node:net';
import { HttpService } from '@nestjs/axios';
import axios from 'axios';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createHttpAdapter, type HttpAdapterSettings } from '../../libs/vodapay/src/inquiry/http-adapter.js';
import { ACCESS_TOKEN, AUTH_CODE, inquiryOver } from './inquiry-under-test.js';
import { ScriptedWallet, success, USER_ID, type Reply } from './scripted-wallet.js';
import { selfSignedCertificate } from './self-signed-certificate.js';

const adapterService = (settings: Partial<HttpAdapterSettings> = {}): HttpService =>
  new HttpService(axios.create({ adapter: createHttpAdapter({ maxResponseBytes: 1_048_576, ...settings }) }));

const after =
  (delayMs: number, reply: Reply): Reply =>
  (call, response) =>
    void setTimeout(() => reply(call, response), delayMs);

describe('connections to the wallet', () => {
  const wallet = new ScriptedWallet();
  let baseUrl: string;
  beforeAll(async () => {
    baseUrl = `http://127.0.0.1:${await wallet.listen()}`;
  });
  afterAll(() => wallet.close());

  const freshCounts = (): void => {
    wallet.connectionsEver = 0;
    wallet.mostConnections = wallet.connections.size;
  };

  it('are kept and used again', async () => {
    freshCounts();
    wallet.script(success);
    const inquiry = inquiryOver({ baseUrl });
    for (let call = 0; call < 5; call += 1) await inquiry.inquiryUserInfo(ACCESS_TOKEN);
    expect(wallet.connectionsEver).toBe(1);
  });

  it('are never more than maxSockets: further calls wait for one', async () => {
    freshCounts();
    wallet.script(after(5, success));
    const inquiry = inquiryOver({ baseUrl }, Date.now, adapterService({ maxSockets: 4 }));
    const before = wallet.connections.size;
    const answers = await Promise.all(Array.from({ length: 64 }, () => inquiry.inquiryUserInfo(ACCESS_TOKEN)));
    expect(answers.every((answer) => answer.userId === USER_ID)).toBe(true);
    expect(wallet.calls.every((call) => call.verified)).toBe(true);
    expect(wallet.calls).toHaveLength(64);
    expect(wallet.connectionsEver).toBe(4);
    expect(wallet.mostConnections - before).toBeLessThanOrEqual(4);
  });

  it('are 64 at most by default', async () => {
    freshCounts();
    wallet.script(after(5, success));
    const inquiry = inquiryOver({ baseUrl });
    await Promise.all(Array.from({ length: 100 }, () => inquiry.inquiryUserInfo(ACCESS_TOKEN)));
    expect(wallet.connectionsEver).toBeLessThanOrEqual(64);
  });

  it('are closed by us once idle, before the wallet would, while a slow answer is waited for', async () => {
    wallet.script(after(120, success));
    const inquiry = inquiryOver({ baseUrl }, Date.now, adapterService({ idleTimeoutMs: 40 }));
    const before = new Set(wallet.connections);
    await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).resolves.toBeDefined();
    const ours = [...wallet.connections].find((socket) => !before.has(socket));
    expect(ours).toBeDefined();
    await vi.waitFor(() => expect(ours !== undefined && wallet.connections.has(ours)).toBe(false));
  });

  it('close when the application shuts down: unused ones at once, one in use with its answer', async () => {
    wallet.script(success);
    const before = new Set(wallet.connections);
    const ours = (): number => [...wallet.connections].filter((socket) => !before.has(socket)).length;
    const inquiry = inquiryOver({ baseUrl }, Date.now, adapterService());
    await Promise.all([inquiry.inquiryUserInfo(ACCESS_TOKEN), inquiry.inquiryUserInfo(ACCESS_TOKEN)]);
    expect(ours()).toBe(2);
    let answer = (): void => undefined;
    wallet.script((call, response) => (answer = () => success(call, response)));
    const last = inquiry.inquiryUserInfo(ACCESS_TOKEN);
    await vi.waitFor(() => expect(wallet.calls).toHaveLength(1));

    inquiry.onApplicationShutdown();

    await vi.waitFor(() => expect(ours()).toBe(1));
    answer();
    await expect(last).resolves.toMatchObject({ userId: USER_ID });
    await vi.waitFor(() => expect(ours()).toBe(0));
  });

  it('are given back after an aborted call has waited for one', async () => {
    wallet.script(after(30, success));
    const inquiry = inquiryOver({ baseUrl, timeoutMs: 2_000 }, Date.now, adapterService({ maxSockets: 1 }));
    const first = inquiry.inquiryUserInfo(ACCESS_TOKEN);
    const controller = new AbortController();
    const queued = inquiry.inquiryUserInfo(ACCESS_TOKEN, { signal: controller.signal });
    const last = inquiry.inquiryUserInfo(ACCESS_TOKEN);
    setTimeout(() => controller.abort(), 10);
    await expect(queued).rejects.toMatchObject({ code: 'VODAPAY_REQUEST_ABORTED' });
    await expect(Promise.all([first, last])).resolves.toHaveLength(2);
  });
});

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

  const trusting = (options: https.AgentOptions = {}): HttpService => {
    const httpsAgent = new https.Agent({ ca: certificate.cert, ...options });
    return new HttpService(axios.create({ httpsAgent, adapter: createHttpAdapter({ maxResponseBytes: 1_048_576 }) }));
  };

  it('refuses an unknown certificate, says why, and has sent nothing', async () => {
    wallet.script(success);
    await expect(inquiryOver({ baseUrl }).applyToken(AUTH_CODE)).rejects.toMatchObject({
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
    await expect(inquiryOver({ baseUrl }).inquiryUserInfo(ACCESS_TOKEN)).rejects.toMatchObject({
      code: 'VODAPAY_UNREACHABLE',
    });
    const plainAgent = new HttpService(
      axios.create({ httpsAgent: new https.Agent(), adapter: createHttpAdapter({ maxResponseBytes: 1_048_576 }) }),
    );
    await expect(inquiryOver({ baseUrl }, Date.now, plainAgent).inquiryUserInfo(ACCESS_TOKEN)).rejects.toMatchObject({
      code: 'VODAPAY_UNREACHABLE',
    });
    expect(wallet.calls).toHaveLength(0);
  });

  it('refuses an agent that switches verification off after start-up (R10)', async () => {
    wallet.script(success);
    const service = adapterService();
    const inquiry = inquiryOver({ baseUrl }, Date.now, service);
    service.axiosRef.defaults.httpsAgent = new https.Agent({ rejectUnauthorized: false });
    await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).rejects.toMatchObject({
      code: 'VODAPAY_UNREACHABLE',
      message: expect.stringContaining('rejectUnauthorized'),
    });
    expect(wallet.calls).toHaveLength(0);
  });

  it("takes a private authority from the application's agent", async () => {
    wallet.script(success);
    await expect(inquiryOver({ baseUrl }, Date.now, trusting()).inquiryUserInfo(ACCESS_TOKEN)).resolves.toMatchObject({
      userId: USER_ID,
    });
    expect(wallet.calls[0]?.verified).toBe(true);
  });

  it('refuses a certificate for another host and says so', async () => {
    wallet.script(success);
    const inquiry = inquiryOver({ baseUrl: `https://127.0.0.1:${port}` }, Date.now, trusting());
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
      inquiryOver({ baseUrl: url }, Date.now, trusting({ ca: expired.cert })).applyToken(AUTH_CODE),
    ).rejects.toMatchObject({
      neverSent: true,
      message: expect.stringContaining('expired'),
    });
    await old.close();
  });

  it('that ends in its handshake has sent nothing', async () => {
    const server = net.createServer((socket) => socket.once('data', () => socket.destroy()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address() as net.AddressInfo;
    await expect(
      inquiryOver({ baseUrl: `https://localhost:${address.port}` }).applyToken(AUTH_CODE),
    ).rejects.toMatchObject({
      code: 'VODAPAY_UNREACHABLE',
      neverSent: true,
    });
    await new Promise((resolve) => server.close(resolve));
  });

  it('spoken to a plain port is told from a wallet that is down', async () => {
    const plain = new ScriptedWallet();
    const url = `https://localhost:${await plain.listen()}`;
    await expect(inquiryOver({ baseUrl: url, maxAttempts: 1 }).inquiryUserInfo(ACCESS_TOKEN)).rejects.toMatchObject({
      code: 'VODAPAY_UNREACHABLE',
      message: expect.stringContaining('TLS'),
    });
    await plain.close();
  });
});

describe('an agent of the application', () => {
  it('is the way through an egress proxy', async () => {
    const certificate = selfSignedCertificate({ host: 'wallet.example' });
    const wallet = new ScriptedWallet(certificate);
    const walletPort = await wallet.listen();
    wallet.script(success);
    const asked: string[] = [];
    const httpsAgent = new https.Agent({ ca: certificate.cert });
    // What a proxy agent does: it makes the connection another way, and TLS with the wallet goes through it.
    const connect = httpsAgent.createConnection.bind(httpsAgent);
    httpsAgent.createConnection = (options, callback) => {
      asked.push(`${String(options.host)}:${String(options.port)}`);
      return connect({ ...options, host: '127.0.0.1', port: walletPort }, callback);
    };
    const service = new HttpService(
      axios.create({ httpsAgent, adapter: createHttpAdapter({ maxResponseBytes: 1_048_576 }) }),
    );
    const inquiry = inquiryOver({ baseUrl: 'https://wallet.example' }, Date.now, service);
    await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).resolves.toMatchObject({ userId: USER_ID });
    expect(asked).toEqual(['wallet.example:443']);
    await wallet.close();
  });
});
