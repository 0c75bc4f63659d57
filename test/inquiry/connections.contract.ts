import { HttpService } from '@nestjs/axios';
import type { AxiosAdapter } from 'axios';
import { describe, expect, it, vi } from 'vitest';
import { ACCESS_TOKEN, inquiryOver, resolvedOptions } from './inquiry-under-test.js';
import { S, signatureHeaders, success, USER_ID, type ReceivedCall, type Reply } from './scripted-wallet.js';
import { clientVia, inquiryVia, type TransportUnderTest } from './transport.js';
import { useScriptedWallet } from './use-scripted-wallet.js';

const after =
  (delayMs: number, reply: Reply): Reply =>
  (call, response) =>
    void setTimeout(() => reply(call, response), delayMs);

/** A whole signed answer, for who writes it where none is due. */
function rawAnswer(call: ReceivedCall, userId: string): string {
  const text = JSON.stringify({ result: S, userInfo: { userId } });
  const headers = Object.entries(signatureHeaders(call, text)).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 200 OK\r\n${headers.join('')}Content-Length: ${text.length}\r\n\r\n${text}`;
}

/** How many connections there are, how long they live, and who gets one. */
export function describeConnections(transport: TransportUnderTest): void {
  describe('connections to the wallet', () => {
    const wallet = useScriptedWallet();

    const freshCounts = (): void => {
      wallet.connectionsEver = 0;
      wallet.mostConnections = wallet.connections.size;
    };

    it('are kept and used again', async () => {
      freshCounts();
      wallet.script(success);
      const inquiry = inquiryVia(transport, { baseUrl: wallet.baseUrl });
      for (let call = 0; call < 5; call += 1) await inquiry.inquiryUserInfo(ACCESS_TOKEN);
      expect(wallet.connectionsEver).toBe(1);
    });

    it('are never more than maxSockets: further calls wait for one', async () => {
      freshCounts();
      wallet.script(after(5, success));
      const inquiry = inquiryVia(transport, { baseUrl: wallet.baseUrl }, { maxSockets: 4 });
      const before = wallet.connections.size;
      const answers = await Promise.all(Array.from({ length: 64 }, () => inquiry.inquiryUserInfo(ACCESS_TOKEN)));
      expect(answers.every((answer) => answer.userId === USER_ID)).toBe(true);
      expect(wallet.calls.every((call) => call.verified)).toBe(true);
      expect(wallet.calls).toHaveLength(64);
      expect(wallet.connectionsEver).toBe(4);
      expect(wallet.mostConnections - before).toBeLessThanOrEqual(4);
    });

    it('are 128 at most by default', async () => {
      freshCounts();
      wallet.script(after(5, success));
      const inquiry = inquiryVia(transport, { baseUrl: wallet.baseUrl });
      await Promise.all(Array.from({ length: 200 }, () => inquiry.inquiryUserInfo(ACCESS_TOKEN)));
      expect(wallet.connectionsEver).toBeLessThanOrEqual(128);
    });

    it('are closed by us once idle, before the wallet would, while a slow answer is waited for', async () => {
      wallet.script(after(120, success));
      const inquiry = inquiryVia(transport, { baseUrl: wallet.baseUrl }, { idleTimeoutMs: 40 });
      const before = new Set(wallet.connections);
      await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).resolves.toBeDefined();
      const ours = [...wallet.connections].find((socket) => !before.has(socket));
      expect(ours).toBeDefined();
      await vi.waitFor(() => expect(ours !== undefined && wallet.connections.has(ours)).toBe(false));
    });

    it('close when the application shuts down: unused ones at once, one in use with its answer', async () => {
      let answerFirst = (): void => undefined;
      const first: Reply = (call, response) => (answerFirst = () => success(call, response));
      const second: Reply = (call, response) => {
        answerFirst();
        success(call, response);
      };
      wallet.script(first, second);
      const before = new Set(wallet.connections);
      const ours = (): number => [...wallet.connections].filter((socket) => !before.has(socket)).length;
      const inquiry = inquiryVia(transport, { baseUrl: wallet.baseUrl });
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

      wallet.script(success);
      await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).resolves.toMatchObject({ userId: USER_ID });
      await vi.waitFor(() => expect(ours()).toBe(0));
    });

    it('never pass an answer that nobody asked for to the next call', async () => {
      let late = (): Promise<void> => Promise.resolve();
      const withAnother: Reply = (call, response) => {
        const { socket } = response;
        late = () => new Promise((resolve) => socket?.write(rawAnswer(call, 'stranger'), () => resolve()));
        success(call, response);
      };
      wallet.script(withAnother, success);
      const inquiry = inquiryVia(transport, { baseUrl: wallet.baseUrl });
      await inquiry.inquiryUserInfo(ACCESS_TOKEN);
      await late();
      const next = await inquiry.inquiryUserInfo(ACCESS_TOKEN).catch(() => undefined);
      expect(next?.userId).not.toBe('stranger');
    });

    it('are given back after an aborted call has waited for one', async () => {
      freshCounts();
      let answer = (): void => undefined;
      wallet.script((call, response) => (answer = () => success(call, response)), success);
      const options = resolvedOptions({ baseUrl: wallet.baseUrl });
      const client = clientVia(transport, options, { maxSockets: 1 });
      const inquiry = inquiryOver(options, Date.now, new HttpService(client));
      const first = inquiry.inquiryUserInfo(ACCESS_TOKEN);
      await vi.waitFor(() => expect(wallet.calls).toHaveLength(1));
      let waiting = 0;
      const own = client.defaults.adapter as AxiosAdapter;
      client.defaults.adapter = (config) => {
        waiting += 1;
        return own(config);
      };
      const controller = new AbortController();
      const queued = inquiry.inquiryUserInfo(ACCESS_TOKEN, { signal: controller.signal });
      const last = inquiry.inquiryUserInfo(ACCESS_TOKEN);
      await vi.waitFor(() => expect(waiting).toBe(2));
      controller.abort();
      await expect(queued).rejects.toMatchObject({ code: 'VODAPAY_REQUEST_ABORTED' });
      answer();
      await expect(Promise.all([first, last])).resolves.toHaveLength(2);
      expect(wallet.calls).toHaveLength(2);
      expect(wallet.connectionsEver).toBe(1);
    });
  });
}
